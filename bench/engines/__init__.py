"""Word search engines, each as its documentation sets it up, for bench.lexical."""
