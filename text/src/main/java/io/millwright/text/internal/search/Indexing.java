package io.millwright.text.internal.search;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.TextEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes indexes and takes them up. */
public final class Indexing {

  private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String PIECES = "pieces";
  static final String CHUNK = "chunk";
  static final String FILTER = "is.";
  private static final String OF = "of";
  private static final String ID = "id";
  private static final String SOURCE = "source";
  private static final String PAGE = "page";
  private static final String FIELD = "field.";
  private static final String VECTOR = "vector";
  private static final String LANGUAGE = "language";
  private static final String ENCODER = "encoder";

  private Indexing() {}

  /** Those of some services that can be made. */
  public static List<TextEncoder> usable(Iterator<TextEncoder> found) {
    List<TextEncoder> all = new ArrayList<>();
    while (true) {
      try {
        if (!found.hasNext()) {
          return all;
        }
        all.add(found.next());
      } catch (ServiceConfigurationError e) {
        LOG.debug("A sentence encoder whose network is not on the class path is passed over", e);
      }
    }
  }

  /** Makes an index. */
  public static PassageIndex build(
      List<Passage> passages,
      Optional<String> stated,
      List<TextEncoder> encoders,
      Optional<Path> folder) {
    check(passages);
    String language = stated.orElseGet(() -> Tongue.of(passages));
    Optional<TextEncoder> encoder =
        encoders.stream()
            .filter(e -> e.languages().contains(language.equals(Tongue.UNKNOWN) ? "en" : language))
            .findFirst();
    List<float[][]> vectors = new ArrayList<>();
    for (Passage passage : passages) {
      vectors.add(encoder.map(e -> e.encode(titled(passage, language))).orElse(new float[0][]));
    }
    try {
      Directory directory = folder.isPresent() ? made(folder.get()) : new ByteBuffersDirectory();
      write(directory, passages, vectors, language, encoder.map(TextEncoder::id).orElse(""));
      return new LuceneIndex(directory, passages, vectors, language, encoder);
    } catch (IOException e) {
      throw failed("the index cannot be written", e);
    }
  }

  private static Directory made(Path folder) throws IOException {
    Files.createDirectories(folder);
    return FSDirectory.open(folder);
  }

  private static void check(List<Passage> passages) {
    if (passages.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there are no passages\nMaybe give one for each section");
    }
    Set<String> ids = new HashSet<>();
    for (Passage passage : passages) {
      if (!ids.add(passage.id())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "two passages have the id \"" + passage.id() + "\"\nMaybe number them");
      }
    }
  }

  /** The title with each piece of the text. */
  private static List<String> titled(Passage passage, String language) {
    List<String> pieces = new ArrayList<>();
    for (String piece : Chunks.of(passage.text(), language)) {
      pieces.add(passage.title().isEmpty() ? piece : passage.title() + ". " + piece);
    }
    return pieces;
  }

  private static Document chunk(Passage passage, String text, int of) {
    Document document = new Document();
    document.add(new TextField(CHUNK, text, Field.Store.NO));
    document.add(new StoredField(OF, of));
    filters(passage, document);
    return document;
  }

  private static void filters(Passage passage, Document document) {
    passage
        .fields()
        .forEach(
            (name, value) -> document.add(new StringField(FILTER + name, value, Field.Store.NO)));
  }

  static Analyzer analyzer(String language) {
    return new PerFieldAnalyzerWrapper(
        Analysis.words(language), Map.of(PIECES, Analysis.pieces(language)));
  }

  private static void write(
      Directory directory,
      List<Passage> passages,
      List<float[][]> vectors,
      String language,
      String encoder)
      throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer(language)).setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    config.setMergePolicy(new LogDocMergePolicy()); // neighbours only, so that order is kept
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < passages.size(); i++) {
        writer.addDocument(document(passages.get(i), vectors.get(i)));
      }
      for (int i = 0; i < passages.size(); i++) {
        for (String chunk : titled(passages.get(i), language)) {
          writer.addDocument(chunk(passages.get(i), chunk, i));
        }
      }
      writer.forceMerge(1); // documents keep their order, so that a number is a passage
      writer.setLiveCommitData(Map.of(LANGUAGE, language, ENCODER, encoder).entrySet());
      writer.commit();
    }
  }

  private static Document document(Passage passage, float[][] vectors) {
    Document document = new Document();
    document.add(new StringField(ID, passage.id(), Field.Store.YES));
    document.add(new TextField(TITLE, passage.title(), Field.Store.YES));
    document.add(new TextField(TEXT, passage.text(), Field.Store.YES));
    document.add(new TextField(PIECES, passage.title() + " " + passage.text(), Field.Store.NO));
    document.add(new StoredField(SOURCE, passage.source()));
    document.add(new StoredField(PAGE, passage.page()));
    passage
        .fields()
        .forEach(
            (name, value) -> {
              document.add(new StoredField(FIELD + name, value));
            });
    filters(passage, document);
    for (float[] vector : vectors) {
      ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
      bytes.asFloatBuffer().put(vector);
      document.add(new StoredField(VECTOR, bytes.array()));
    }
    return document;
  }

  /** Takes an index up. */
  public static PassageIndex open(Path folder, List<TextEncoder> encoders) {
    try {
      Directory directory = FSDirectory.open(folder);
      List<Passage> passages = new ArrayList<>();
      List<float[][]> vectors = new ArrayList<>();
      Map<String, String> kept;
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        kept = reader.getIndexCommit().getUserData();
        StoredFields fields = reader.storedFields();
        for (int i = 0; i < reader.maxDoc(); i++) {
          Document document = fields.document(i);
          if (document.get(ID) != null) {
            passages.add(passage(document));
            vectors.add(vectors(document));
          }
        }
      }
      String id = kept.getOrDefault(ENCODER, "");
      Optional<TextEncoder> encoder = encoders.stream().filter(e -> e.id().equals(id)).findFirst();
      if (!id.isEmpty() && encoder.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.NO_ENGINE,
            "the index in "
                + folder
                + " was made with the sentence encoder "
                + id
                + ", which is not on the class path\nMaybe add its artifact, or make it anew");
      }
      return new LuceneIndex(
          directory, passages, vectors, kept.getOrDefault(LANGUAGE, Tongue.UNKNOWN), encoder);
    } catch (IOException | IllegalArgumentException e) {
      throw failed("there is no index in " + folder, e);
    }
  }

  /** By document the passage that it is, or is a chunk of. */
  static int[] passageOf(DirectoryReader reader) throws IOException {
    int[] all = new int[reader.maxDoc()];
    StoredFields fields = reader.storedFields();
    for (int i = 0; i < all.length; i++) {
      IndexableField of = fields.document(i, Set.of(OF)).getField(OF);
      all[i] = of == null ? i : of.numericValue().intValue();
    }
    return all;
  }

  private static Passage passage(Document document) {
    Map<String, String> fields = new TreeMap<>();
    for (IndexableField field : document.getFields()) {
      if (field.name().startsWith(FIELD)) {
        fields.put(field.name().substring(FIELD.length()), field.stringValue());
      }
    }
    return new Passage(
        document.get(ID),
        document.get(TITLE),
        document.get(TEXT),
        document.get(SOURCE),
        document.getField(PAGE).numericValue().intValue(),
        fields);
  }

  private static float[][] vectors(Document document) {
    List<float[]> all = new ArrayList<>();
    for (BytesRef bytes : document.getBinaryValues(VECTOR)) {
      float[] vector = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length).asFloatBuffer().get(vector);
      all.add(vector);
    }
    return all.toArray(new float[0][]);
  }

  static MillwrightException failed(String what, Exception e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        what + ": " + e.getMessage() + "\nMaybe the folder is another one, or the disk is full",
        e);
  }
}
