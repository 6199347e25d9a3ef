package io.millwright.vectors.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The graph of an index, which Lucene builds and searches. Thread-safe. */
final class Graph implements AutoCloseable {

  private static final int CONNECTIONS = 24;
  private static final int BEAM = 150;

  /** Vectors that are kept in memory until they are one graph; Lucene takes less than 2 GiB. */
  private static final long MOST_BUFFERED = 1900L << 20;

  private static final int HEAP_SHARE = 3;

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private Graph(Directory directory, DirectoryReader reader) {
    this.directory = directory;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setQueryCache(null);
  }

  /** Lucene's format, for longer vectors than its default takes; read under its own name. */
  private static final class Format extends KnnVectorsFormat {
    private final KnnVectorsFormat own = new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM);

    Format() {
      super("Lucene99HnswVectorsFormat");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return own.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return own.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return Layout.MOST_DIMENSIONS;
    }
  }

  static void build(Path folder, int count, int dimensions) throws IOException {
    Format format = new Format();
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(
                new Lucene912Codec() {
                  @Override
                  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return format;
                  }
                })
            .setRAMBufferSizeMB(buffer())
            .setMergeScheduler(new SerialMergeScheduler())
            .setMergePolicy(NoMergePolicy.INSTANCE);
    Stored stored = Stored.map(folder.resolve(Layout.VECTORS), count, dimensions);
    float[] vector = new float[dimensions];
    try (Directory directory = FSDirectory.open(folder.resolve(Layout.GRAPH));
        Entries entries = Entries.read(folder.resolve(Layout.ENTRIES));
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < count; i++) {
        stored.get(i, vector);
        Document document = new Document();
        document.add(
            new KnnFloatVectorField(
                Layout.FIELD, vector.clone(), VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new NumericDocValuesField(Layout.ORDER, i));
        for (Map.Entry<String, String> tag : entries.next().tags().entrySet()) {
          document.add(
              new StringField(
                  Layout.TAG, Layout.term(tag.getKey(), tag.getValue()), Field.Store.NO));
        }
        writer.addDocument(document);
      }
      writer.getConfig().setMergePolicy(new TieredMergePolicy());
      writer.forceMerge(1);
    }
  }

  /** In MiB: as large as the heap allows, since graphs of parts are built once more when joined. */
  private static double buffer() {
    long heap = Runtime.getRuntime().maxMemory();
    return Math.min(MOST_BUFFERED, heap / HEAP_SHARE) / (double) (1 << 20);
  }

  static Graph open(Path folder, int count) throws IOException {
    Directory directory = FSDirectory.open(folder.resolve(Layout.GRAPH));
    try {
      DirectoryReader reader = DirectoryReader.open(directory);
      if (reader.numDocs() != count) {
        reader.close();
        throw new IOException("a graph of " + reader.numDocs() + " vectors, not " + count);
      }
      return new Graph(directory, reader);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The places of candidates, in no order. */
  int[] candidates(float[] unit, Map<String, String> tags, int effort) throws IOException {
    KnnFloatVectorQuery query = new KnnFloatVectorQuery(Layout.FIELD, unit, effort, filter(tags));
    ScoreDoc[] found = searcher.search(query, effort).scoreDocs;
    int[] places = new int[found.length];
    for (int i = 0; i < places.length; i++) {
      LeafReaderContext leaf =
          reader.leaves().get(ReaderUtil.subIndex(found[i].doc, reader.leaves()));
      NumericDocValues order = leaf.reader().getNumericDocValues(Layout.ORDER);
      if (order == null || !order.advanceExact(found[i].doc - leaf.docBase)) {
        throw new IOException("the graph has a vector without a place");
      }
      places[i] = Math.toIntExact(order.longValue());
    }
    return places;
  }

  private static @Nullable Query filter(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return null;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    tags.forEach(
        (tag, value) ->
            all.add(
                new TermQuery(new Term(Layout.TAG, Layout.term(tag, value))),
                BooleanClause.Occur.FILTER));
    return all.build();
  }

  @Override
  public void close() throws IOException {
    try (directory) {
      reader.close();
    }
  }
}
