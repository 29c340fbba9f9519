package dev.refrain.processors.retrieval;

import java.util.List;

/** stub */
public interface Retriever {
  List<Hit> retrieve(String query, int topK);

  String digest();
}
