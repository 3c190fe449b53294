"""Set-up and tooling: what turns a clone on a bare machine into a running, tested bostad.

`project` knows the folders; `system`, `set_up` run on the machine's own Python with nothing installed;
`servers`, `with_servers`, `run`, `checks` run in the virtual environment.
"""
