package io.millwright.benchmarks.causes;

import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.Causes;
import io.millwright.quality.Incident;
import io.millwright.quality.Quality;
import io.millwright.quality.RootRanking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Root causes of the issues of a scenario of PetShop (Hardt et al. 2024): {@code PetShop FOLDER},
 * with {@code graph.csv}, {@code noissue} and {@code train} and {@code test} in the folder. Latency
 * is seconds a request times requests, availability the share of failures times requests.
 */
public final class PetShop {

  private static final Pattern TARGET =
      Pattern.compile(
          "\"target\":\\s*\\{\"node\":\\s*\"([^\"]*)\",\\s*\"metric\":\\s*\"([^\"]*)\"");
  private static final Pattern ROOT =
      Pattern.compile("\"root_cause\":\\s*\\{\"node\":\\s*\"([^\"]*)\"");

  private PetShop() {}

  /**
   * Runs it.
   *
   * @param args the folder of a scenario
   * @throws IOException when a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    List<String[]> graph =
        Files.readAllLines(folder.resolve("graph.csv")).stream()
            .map(l -> l.split(",", -1))
            .toList();
    List<CauseGraph.Link> links = new ArrayList<>();
    for (String[] row : graph.subList(1, graph.size())) {
      for (int c = 1; c < row.length; c++) {
        if (Double.parseDouble(row[c]) > 0 && !row[0].equals(graph.get(0)[c])) {
          links.add(CauseGraph.Link.known(graph.get(0)[c], row[0]));
        }
      }
    }
    List<String> nodes = Arrays.asList(graph.get(0)).subList(1, graph.get(0).length);
    Map<String, Table> normal = read(folder.resolve("noissue/metrics.csv.gz"));
    try (Millwright millwright = Millwright.create()) {
      Causes causes = millwright.plugin(Quality.class).causes();
      int[] all = new int[4];
      for (String part : List.of("train", "test")) {
        int[] sums = new int[4];
        List<Path> issues;
        try (Stream<Path> found = Files.list(folder.resolve(part))) {
          issues = found.sorted().toList();
        }
        for (Path issue : issues) {
          String text = Files.readString(issue.resolve("target.json"));
          Matcher target = TARGET.matcher(text);
          Matcher root = ROOT.matcher(text);
          if (!target.find() || !root.find()) {
            throw new IOException(issue + " has no target or root");
          }
          String metric = target.group(2);
          Table during = table(read(issue.resolve("metrics.csv.gz")), metric);
          RootRanking ranking =
              causes.roots(
                  new Incident(
                      table(normal, metric), during, components(nodes), links, target.group(1)));
          List<String> order = ranking.roots().stream().map(RootRanking.Root::component).toList();
          int place = order.indexOf(root.group(1));
          System.out.printf(
              Locale.ROOT,
              "%s %s: %s at %d; %s%n",
              issue.getFileName(),
              metric,
              root.group(1),
              place + 1,
              ranking.words());
          sums[0]++;
          sums[1] += place == 0 ? 1 : 0;
          sums[2] += place >= 0 && place < 3 ? 1 : 0;
          sums[3] += ranking.named() ? 1 : 0;
        }
        print(part, sums);
        for (int k = 0; k < all.length; k++) {
          all[k] += sums[k];
        }
      }
      print("all", all);
      for (String metric : List.of("latency", "availability")) {
        specificity(causes, table(normal, metric), components(nodes), links, metric);
      }
    }
  }

  private static void print(String part, int[] sums) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d issues, top-1 %.2f, top-3 %.2f, a root named in %d%n",
        part,
        sums[0],
        (double) sums[1] / sums[0],
        (double) sums[2] / sums[0],
        sums[3]);
  }

  /** Windows of normal operation, judged by the rest of it. */
  private static void specificity(
      Causes causes,
      Table normal,
      List<Incident.Component> components,
      List<CauseGraph.Link> links,
      String metric) {
    int silent = 0;
    int windows = 0;
    for (int from = 0; from + 6 <= normal.rows(); from += 12) {
      int at = from;
      int[] others =
          java.util.stream.IntStream.range(0, normal.rows())
              .filter(r -> r < at || r >= at + 6)
              .toArray();
      Incident incident =
          new Incident(
              normal.rows(others), normal.slice(from, from + 6), components, links, "PetSite");
      silent += causes.roots(incident).named() ? 0 : 1;
      windows++;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: no root named in %d of %d normal windows (%.2f)%n",
        metric,
        silent,
        windows,
        (double) silent / windows);
  }

  private static List<Incident.Component> components(List<String> nodes) {
    return nodes.stream()
        .map(n -> new Incident.Component(n, n + " level", n + " requests"))
        .toList();
  }

  /** Each node's columns: metric and statistic, one value a row. */
  private static Map<String, Table> read(Path file) throws IOException {
    List<String[]> rows = Compressed.lines(file).stream().map(l -> l.split(",", -1)).toList();
    Map<String, Map<String, Integer>> columns = new HashMap<>();
    for (int c = 1; c < rows.get(0).length; c++) {
      String statistic = rows.get(2)[c];
      if (statistic.equals("Average") || statistic.equals("Sum")) {
        columns.computeIfAbsent(rows.get(1)[c], k -> new LinkedHashMap<>()).put(rows.get(0)[c], c);
      }
    }
    List<String[]> values =
        rows.subList(3, rows.size()).stream().filter(r -> !r[0].startsWith("unix")).toList();
    Map<String, Table> out = new HashMap<>();
    columns.forEach(
        (metric, of) -> {
          double[][] numbers = new double[values.size()][of.size()];
          List<Integer> places = List.copyOf(of.values());
          for (int r = 0; r < numbers.length; r++) {
            for (int k = 0; k < places.size(); k++) {
              String cell = values.get(r)[places.get(k)];
              numbers[r][k] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
            }
          }
          out.put(
              metric,
              Table.ofNumbers(
                  new Schema(of.keySet().stream().map(Column::number).toList()), numbers));
        });
    return out;
  }

  /** Levels and requests of all nodes; failures are what availability leaves. */
  private static Table table(Map<String, Table> metrics, String metric) {
    Table levels = metrics.get(metric);
    Table requests = metrics.get("requests");
    if (levels == null || requests == null) {
      throw new IllegalArgumentException("no metric " + metric);
    }
    Set<String> names = new HashSet<>();
    levels.schema().columns().forEach(c -> names.add(c.name()));
    List<Column> columns = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (Column column : requests.schema().columns()) {
      String node = column.name();
      if (names.contains(node)) {
        double[] level = levels.numbers(node);
        boolean failures = metric.equals("availability");
        columns.add(Column.number(node + " level"));
        values.add(Arrays.stream(level).map(v -> failures ? 1 - v / 100 : v).toArray());
        columns.add(Column.number(node + " requests"));
        values.add(requests.numbers(node));
      }
    }
    double[][] rows = new double[levels.rows()][columns.size()];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.size(); c++) {
        rows[r][c] = values.get(c)[r];
      }
    }
    return Table.ofNumbers(new Schema(columns), rows);
  }
}
