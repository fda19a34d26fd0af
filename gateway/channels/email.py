"""E-mail by SMTP: SMTP_URL is smtp://… (STARTTLS where the server has it, always before a password) or smtps://…."""

import smtplib
import ssl
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from gateway.channels.message import Message, TryLater, Undeliverable
from services.common import settings

# A long header stays whole: folded, an address in it would be encoded, and no mail program finds it (RFC 8058). And
# nothing but ASCII goes out, whatever the server understands.
AS_SENT = SMTP.clone(max_line_length=998, cte_type="7bit")
PATIENCE_S = 10  # for each answer of the server
FOR_GOOD = 500  # RFC 5321: a reply of 5xx says that trying again does not help


def send(message: Message) -> None:
    """Hand the message over to the mail server.

    :raises Undeliverable: the server refuses its address or its content for good, or it is no address.
    :raises TryLater: the server does not take it now.
    :raises OSError: the server is away, or refuses us.
    """
    letter = compose(message)
    server = _connected(urlsplit(settings.SMTP_URL))
    try:
        server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(max(code for code, _ in error.recipients.values())) from error
    except smtplib.SMTPDataError as error:
        raise _refused(error.smtp_code) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Undeliverable from error  # an address that is not ASCII, where the server takes no other
    finally:
        with suppress(OSError):  # it has the message already, or never will
            server.quit()


def compose(message: Message) -> EmailMessage:
    """Return the message as RFC 5322 has it; its Message-ID and Date are the same each time.

    :raises Undeliverable: what it is to be sent to is no address.
    """
    letter = EmailMessage(policy=AS_SENT)
    try:
        letter["To"] = Address(addr_spec=message.to)
    except (MessageError, ValueError, IndexError) as error:
        raise Undeliverable from error
    letter["From"] = settings.MAIL_FROM
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.written_at)
    letter["Message-ID"] = f"<{message.id}@{parseaddr(settings.MAIL_FROM)[1].rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office note in answer
    for name, value in message.headers.items():
        letter[name] = value
    letter.set_content(message.body)
    return letter


def _connected(server: SplitResult) -> smtplib.SMTP:
    """:raises OSError: it cannot be reached, or does not let us in."""
    tls, host = ssl.create_default_context(), server.hostname or "127.0.0.1"
    if server.scheme == "smtps":
        found: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=PATIENCE_S, context=tls)
    else:
        found = smtplib.SMTP(host, server.port or 25, timeout=PATIENCE_S)
    try:
        found.ehlo()
        if server.scheme != "smtps" and (server.username or found.has_extn("starttls")):
            found.starttls(context=tls)
        if server.username:
            found.login(unquote(server.username), unquote(server.password or ""))
    except BaseException:
        found.close()
        raise
    return found


def _refused(code: int) -> Exception:
    return Undeliverable() if code >= FOR_GOOD else TryLater()
