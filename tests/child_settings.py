"""Settings of processes that tests start: the same as the tests', with the same keys and files."""

import os
from pathlib import Path

from tongxing.settings.test import *  # noqa: F403

TONGXING_KEYS = Path(os.environ["TONGXING_TEST_KEYS"])
MEDIA_ROOT = Path(os.environ["TONGXING_TEST_FILES"])
TONGXING_ANCHORS = Path(os.environ["TONGXING_TEST_ANCHORS"])
TONGXING_CHUNK_ROWS = int(os.environ.get("TONGXING_TEST_CHUNK_ROWS", "1000"))
