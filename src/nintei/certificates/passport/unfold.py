"""Run as a process of its own by `unfolding.py`: take the credential out of a stranger's PDF, and print it.

Memory, time and files are limited before anything is parsed; whatever goes wrong ends the process with a non-zero
status and the reason's code on standard error.
"""

import resource
import sys

MEMORY = 1024 * 1024 * 1024


def main(most: int) -> int:
    """The PDF stands on standard input; at most `most` bytes come out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError:
        sys.exit("pdf")
    files = [document.get_attachment(place) for place in range(min(document.count_attachments(), 20))]
    named = [file for file in files if file.get_name() == "credential.json"]
    if not named:
        sys.exit("no attachment")
    data = bytes(named[0].get_data())
    if len(data) > most:
        sys.exit("size")
    sys.stdout.buffer.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
