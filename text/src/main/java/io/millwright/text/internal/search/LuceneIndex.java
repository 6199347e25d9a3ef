package io.millwright.text.internal.search;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.PassageQuery;
import io.millwright.api.text.TextEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;

/**
 * Passages ranked by words, by pieces of words, by the words of their best chunk, and by meaning;
 * each ranking is divided by its best score, and all are summed.
 */
final class LuceneIndex implements PassageIndex {

  /** So many of each ranking are looked at. */
  private static final int DEPTH = 400;

  /** The passage behind, by which a lead is measured too. */
  private static final int FAR = 5;

  /** How much the meaning counts beside whole words, pieces of words, and words of a chunk. */
  private static final double MEANING = 2;

  /** More alike no passages are held for. */
  private static final double MOST_ALIKE = 0.6;

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final List<Passage> passages;
  private final List<float[][]> vectors;
  private final Optional<TextEncoder> encoder;
  private final Analyzer analyzer;
  private final Marker marker;
  private final int[] passageOf;
  private final Sureness sureness;
  private final double background;
  private final Set<String> empty;
  private volatile boolean closed;

  LuceneIndex(
      Directory directory,
      List<Passage> passages,
      List<float[][]> vectors,
      String language,
      Optional<TextEncoder> encoder)
      throws IOException {
    this.directory = directory;
    this.passages = List.copyOf(passages);
    this.vectors = List.copyOf(vectors);
    this.encoder = encoder;
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    analyzer = Indexing.analyzer(language);
    marker = new Marker(analyzer, language);
    passageOf = Indexing.passageOf(reader);
    sureness = Sureness.standard();
    background = background(this.vectors);
    empty = new HashSet<>(Terms.of(analyzer, Indexing.TEXT, FunctionWords.of(language)));
  }

  /** The mean cosine of pieces of any two passages, which share the language and the trade. */
  private static double background(List<float[][]> vectors) {
    double[] sum = new double[0];
    long pieces = 0;
    for (float[][] passage : vectors) {
      for (float[] piece : passage) {
        sum = sum.length == 0 ? new double[piece.length] : sum;
        for (int i = 0; i < piece.length; i++) {
          sum[i] += piece[i];
        }
        pieces++;
      }
    }
    double squares = Arrays.stream(sum).map(d -> d * d).sum();
    return pieces < 2
        ? 0
        : Math.min(MOST_ALIKE, Math.max(0, (squares - pieces) / (pieces * (pieces - 1.0))));
  }

  /** A ranking: by passage its score. */
  private record Ranking(Map<Integer, Double> scores, double weight) {}

  @Override
  public List<Hit> search(PassageQuery query) {
    if (closed) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "the index was closed\nMaybe open it again, or close it later");
    }
    try {
      List<String> words = Terms.of(analyzer, Indexing.TEXT, query.text());
      List<String> pieces = Terms.of(analyzer, Indexing.PIECES, query.text());
      List<Ranking> rankings = new ArrayList<>();
      rankings.add(new Ranking(ranked(Indexing.TEXT, words, query.filters()), 1));
      rankings.add(new Ranking(ranked(Indexing.PIECES, pieces, query.filters()), 1));
      rankings.add(new Ranking(ranked(Indexing.CHUNK, words, query.filters()), 1));
      Map<Integer, Double> byMeaning = meaning(query);
      if (!byMeaning.isEmpty()) {
        rankings.add(new Ranking(byMeaning, MEANING));
      }
      return hits(query, words, rankings, byMeaning);
    } catch (IOException e) {
      throw Indexing.failed("the index cannot be read", e);
    }
  }

  private Map<Integer, Double> ranked(String field, List<String> terms, Map<String, String> filters)
      throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String term : terms) {
      any.add(new TermQuery(new Term(field, term)), BooleanClause.Occur.SHOULD);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(any.build(), BooleanClause.Occur.MUST);
    filters.forEach(
        (name, value) ->
            all.add(
                new TermQuery(new Term(Indexing.FILTER + name, value)),
                BooleanClause.Occur.FILTER));
    Map<Integer, Double> scores = new HashMap<>();
    for (ScoreDoc doc : searcher.search(all.build(), DEPTH).scoreDocs) {
      scores.merge(passageOf[doc.doc], (double) doc.score, Math::max);
    }
    return scores;
  }

  /** By passage the largest cosine of the question and a piece of it. */
  private Map<Integer, Double> meaning(PassageQuery query) {
    if (encoder.isEmpty() || query.text().isBlank()) {
      return Map.of();
    }
    float[] asked = encoder.get().encode(List.of(query.text()))[0];
    double[] best = new double[passages.size()];
    for (int i = 0; i < best.length; i++) {
      best[i] = Double.NEGATIVE_INFINITY;
      if (fits(passages.get(i), query.filters())) {
        for (float[] piece : vectors.get(i)) {
          best[i] = Math.max(best[i], dot(asked, piece));
        }
      }
    }
    Map<Integer, Double> scores = new HashMap<>();
    IntStream.range(0, best.length)
        .filter(i -> best[i] > 0)
        .boxed()
        .sorted((a, b) -> Double.compare(best[b], best[a]))
        .limit(DEPTH)
        .forEach(i -> scores.put(i, best[i]));
    return scores;
  }

  private static boolean fits(Passage passage, Map<String, String> filters) {
    return filters.entrySet().stream()
        .allMatch(f -> f.getValue().equals(passage.fields().get(f.getKey())));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length && i < b.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private List<Hit> hits(
      PassageQuery query, List<String> words, List<Ranking> rankings, Map<Integer, Double> meaning)
      throws IOException {
    Map<Integer, Double> joined = new HashMap<>();
    double full = 0;
    for (Ranking ranking : rankings) {
      double best = ranking.scores.values().stream().mapToDouble(d -> d).max().orElse(1);
      full += ranking.weight;
      ranking.scores.forEach(
          (at, score) ->
              joined.merge(at, ranking.weight * score / Math.max(1e-9, best), Double::sum));
    }
    Integer[] order = order(joined);
    double[] idf = new double[words.size()];
    double[] weights = new double[words.size()];
    for (int t = 0; t < idf.length; t++) {
      idf[t] = idf(words.get(t));
      weights[t] = empty.contains(words.get(t)) ? 0 : idf[t];
    }
    List<Hit> hits = new ArrayList<>();
    int possible =
        (int) passages.stream().filter(passage -> fits(passage, query.filters())).count();
    for (int r = 0; r < Math.min(order.length, query.most()); r++) {
      Passage passage = passages.get(order[r]);
      double own = at(joined, order, r) / full;
      Sureness.Evidence seen =
          new Sureness.Evidence(
              own - at(joined, order, Math.min(r + 1, possible - 1)) / full,
              own - at(joined, order, Math.min(r + FAR, possible - 1)) / full,
              marker.coverage(passage, words, weights),
              encoder.isPresent()
                  ? (meaning.getOrDefault(order[r], 0.0) - background) / (1 - background)
                  : Double.NaN);
      hits.add(new Hit(passage, own, sureness.of(seen), marker.highlight(passage, words, weights)));
    }
    return hits;
  }

  private static double at(Map<Integer, Double> joined, Integer[] order, int r) {
    return r < order.length ? joined.getOrDefault(order[r], 0.0) : 0;
  }

  private double idf(String term) throws IOException {
    int df =
        Math.max(
            reader.docFreq(new Term(Indexing.TEXT, term)),
            reader.docFreq(new Term(Indexing.TITLE, term)));
    return Math.log(1 + (passages.size() - df + 0.5) / (df + 0.5));
  }

  private static Integer[] order(Map<Integer, Double> scores) {
    Integer[] order = scores.keySet().toArray(new Integer[0]);
    Arrays.sort(
        order,
        (a, b) -> {
          int byScore = Double.compare(scores.getOrDefault(b, 0.0), scores.getOrDefault(a, 0.0));
          return byScore != 0 ? byScore : Integer.compare(a, b);
        });
    return order;
  }

  @Override
  public int size() {
    return passages.size();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      reader.close();
      directory.close();
    } catch (IOException e) {
      throw Indexing.failed("the index cannot be closed", e);
    }
  }
}
