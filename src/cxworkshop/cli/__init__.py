"""The command line, and the only place where the rooms are put together.

`frame` is the program as click sees it, `edge` where refusals become sentences and exit codes, `wiring` what each
command is given. The commands themselves stand in one module per group and are loaded when they are called, so that
`cxworkshop --help` stays as quick as an interpreter can start.
"""
