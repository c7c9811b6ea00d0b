import os
import re
import subprocess
import sys
import unittest

from product import ROOT, Product


class DocsTests(unittest.TestCase):
    def test_the_guides_snippet_runs_as_printed(self):
        page = (ROOT / "docs" / "integrations" / "python.md").read_text()
        snippet = re.search(r"```python\n(.*?)```", page, re.S).group(1)
        product = Product.shared()
        ran = subprocess.run(
            [sys.executable, "-c", snippet],
            env={**os.environ, "INTERVEN_API_KEY": product.key, "INTERVEN_GATEWAY_URL": product.url},
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual("", ran.stderr)
        self.assertEqual("#ops: the build is green", ran.stdout.splitlines()[0])
        self.assertRegex(ran.stdout.splitlines()[1], "^DENY .*SECRET_DETECTED")


if __name__ == "__main__":
    unittest.main()
