"""Settings by kind of site: `demo`, `production` and `test` stand on `base`."""
