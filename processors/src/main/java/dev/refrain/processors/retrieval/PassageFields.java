package dev.refrain.processors.retrieval;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;

/**
 * How a passage stands in Lucene: id, title and text as given, and two searched fields, title and
 * text together and the title alone. Analysis is Lucene's {@link EnglishAnalyzer}: standard tokens,
 * lower case, its 33 stop words, Porter's stemmer; the same as Anserini's default.
 */
final class PassageFields {
  /** Changes whenever the same passages would be found differently. */
  static final String FORMAT = "refrain-index-2 english-porter title+text title";

  static final String ID = "id";
  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String CONTENTS = "contents";

  private static final FieldType CONTENTS_TYPE = searched(false);
  private static final FieldType TITLE_TYPE = searched(true);
  private static final double BUFFER_MEBIBYTES = 128;

  private PassageFields() {}

  static Analyzer analyzer() {
    return new EnglishAnalyzer();
  }

  /** How a new index is written, over one that is there. */
  static IndexWriterConfig writing() {
    return new IndexWriterConfig(analyzer())
        .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
        .setRAMBufferSizeMB(BUFFER_MEBIBYTES);
  }

  static Document toLucene(Passage passage) {
    Document document = new Document();
    document.add(new StoredField(ID, passage.id()));
    document.add(new SortedDocValuesField(ID, new BytesRef(passage.id())));
    document.add(new Field(TITLE, passage.title(), TITLE_TYPE));
    document.add(new StoredField(TEXT, passage.text()));
    document.add(new Field(CONTENTS, contents(passage), CONTENTS_TYPE));
    return document;
  }

  static Passage fromLucene(StoredFields fields, int doc) throws IOException {
    Document document = fields.document(doc);
    return new Passage(document.get(ID), document.get(TITLE), document.get(TEXT));
  }

  private static String contents(Passage passage) {
    return passage.title().isEmpty() ? passage.text() : passage.title() + " " + passage.text();
  }

  /** Frequencies are all that BM25 reads: no positions. */
  private static FieldType searched(boolean stored) {
    FieldType type = new FieldType();
    type.setStored(stored);
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }
}
