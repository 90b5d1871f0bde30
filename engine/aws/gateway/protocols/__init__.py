"""How clients spell calls and answers, a module for each protocol. Begin at `json_rpc`."""
