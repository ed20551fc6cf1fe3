"""Use cases: what a facilitator or participant does, each inside one transaction on the session as it is now.

The room imports the domain only; what it needs from the outside is named in `ports`.
"""
