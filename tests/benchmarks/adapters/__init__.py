"""What is measured side by side: a file each, with a class `Adapter`."""


class Base:
    """A contender: builds once, answers many times."""

    parallel = "fork"  # how two at once are measured: two processes, or two threads
    batch_only = False

    def __init__(self, workdir):
        """:param workdir: an empty folder of its own."""
        self.workdir = workdir

    def build(self, d):
        """:param d: gen.Data."""
        raise NotImplementedError

    def query(self, v, k=100):
        """Return ids and scores of the best k for a gen.Vac."""
        raise NotImplementedError

    def update(self, wid, skills, levels):
        """Replace a worker's skills; the next query sees it."""
        raise NotImplementedError

    def in_child(self):
        """Return what answers in a forked process, or in another thread."""
        return self

    def pids(self):
        """Return the processes whose memory counts."""
        return []

    def disk(self):
        """Return the bytes on disk."""
        return 0

    def close(self):
        """Stop what was started."""
