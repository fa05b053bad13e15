from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_start_reads_the_pack_without_the_heavy_modules() -> None:
    code = (
        "import sys; from pathlib import Path; from bot.pack import load_pack; load_pack(Path('data/qorveh'));"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"fluent", "holidays", "PIL", "telegram", "sqlalchemy"} & set(loaded.stdout.split())
