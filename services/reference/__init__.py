"""Facts and rules that no service owns, and on which all of them must agree."""
