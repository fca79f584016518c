"""Narrated books → a podcast: one folder of plain files, ready for any host.

show.toml ─show→ Show, and Books ─pipeline→ files ─episodes→ Listing ─rss→ feed.xml
"""
