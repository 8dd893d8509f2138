"""``python -m rules``."""

from rules.command import main

raise SystemExit(main())
