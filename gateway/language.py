"""The gateway's sentences in both languages, also for the processes that answer no request."""

from pathlib import Path

from services.common.web import words

words.learn(Path(__file__).parent)
say = words.say
