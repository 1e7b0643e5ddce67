"""Writing in access: one module per noun, each change with its entry in the trail."""
