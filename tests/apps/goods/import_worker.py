"""A process that imports a table and may be killed while it does."""

import sys

import django


def main(public_id: str) -> None:
    django.setup()
    from wesprint.platform.imports import tasks

    tasks.post.call(public_id)


if __name__ == "__main__":
    main(sys.argv[1])
