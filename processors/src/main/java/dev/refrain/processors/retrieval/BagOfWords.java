package dev.refrain.processors.retrieval;

import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A query as Lucene sees it: each distinct term, after the analysis that the passages had, with its
 * frequency in the query as its weight; sought in title and text together and, where titles have a
 * weight, in the title alone as well.
 */
final class BagOfWords {
  /** Distinct terms of a query that count: the first ones. */
  static final int MAX_TERMS = 1024;

  private static final int FIELDS = 2;

  static {
    // Lucene counts clauses, whose limit holds for the process; a term has one in each field.
    IndexSearcher.setMaxClauseCount(
        Math.max(IndexSearcher.getMaxClauseCount(), FIELDS * MAX_TERMS));
  }

  private BagOfWords() {}

  /**
   * @param titleWeight of a term in the title alone; 0 asks nothing of that field
   */
  static Query of(String query, double titleWeight) {
    BooleanQuery.Builder clauses = new BooleanQuery.Builder();
    Terms.frequencies(query).entrySet().stream()
        .limit(MAX_TERMS)
        .forEach(term -> add(clauses, term, titleWeight));
    return clauses.build();
  }

  private static void add(
      BooleanQuery.Builder clauses, Map.Entry<String, Integer> term, double titleWeight) {
    int frequency = term.getValue();
    clauses.add(
        weighted(PassageFields.CONTENTS, term.getKey(), frequency), BooleanClause.Occur.SHOULD);
    if (titleWeight > 0) {
      clauses.add(
          weighted(PassageFields.TITLE, term.getKey(), titleWeight * frequency),
          BooleanClause.Occur.SHOULD);
    }
  }

  private static Query weighted(String field, String term, double weight) {
    Query query = new TermQuery(new Term(field, term));
    return weight == 1 ? query : new BoostQuery(query, (float) weight);
  }
}
