"""Pilcrow beside LlamaIndex, Haystack, LangChain and txtai, set up as their documentation says."""
