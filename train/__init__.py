"""The project's own encoder and reranker: their data, their training, their figures."""
