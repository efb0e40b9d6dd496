"""Every component with its code, for those who write pages; served in development only.

No component is made here: those are in `templates/shared/components`.
"""
