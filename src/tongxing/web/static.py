"""Static files under names that carry their own hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Compressed once, named by content; `import "./x.js"` in our modules is renamed as well."""

    support_js_module_import_aggregation = True
