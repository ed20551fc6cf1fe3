"""The home screen: resume a session, begin one, rehearse, look at packs."""
