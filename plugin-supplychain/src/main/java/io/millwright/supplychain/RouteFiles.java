package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the text forms in which routing problems are published: VRPLIB (CVRP with {@code EUC_2D}
 * coordinates or a full matrix; the form of TSPLIB 95) and Solomon's form for time windows. Files
 * are read as data only, at most 64 MB.
 */
public final class RouteFiles {

  private static final long LARGEST = 64L << 20;

  private RouteFiles() {}

  /**
   * Reads a problem; which form it is shows in its first lines.
   *
   * @param file the file
   * @return the problem: one type of vehicle, as many as Solomon's file says or one for each stop;
   *     Solomon's distances cut after one decimal, as CVRPLIB does
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} and the line, or {@link
   *     ErrorCode#IO_FAILED}
   */
  public static RoutingProblem read(Path file) {
    List<String> lines;
    try {
      if (Files.size(file) > LARGEST) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE, file + " has more than " + (LARGEST >> 20) + " MB");
      }
      lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new MillwrightException(ErrorCode.IO_FAILED, "cannot read " + file, e);
    }
    boolean solomon = lines.stream().limit(20).anyMatch(l -> l.strip().equals("VEHICLE"));
    return new Text(file, lines).problem(solomon);
  }

  /** One file while it is read. */
  private static final class Text {
    private final Path file;
    private final List<String> lines;
    private int line;

    Text(Path file, List<String> lines) {
      this.file = file;
      this.lines = lines;
    }

    RoutingProblem problem(boolean solomon) {
      return solomon ? solomon() : vrplib();
    }

    private MillwrightException bad(String message) {
      return new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " line "
              + Math.min(line, lines.size())
              + ": "
              + message
              + "\nMaybe the file is cut short, or is neither VRPLIB with coordinates nor"
              + " Solomon's form");
    }

    private double number(String word) {
      try {
        double v = Double.parseDouble(word);
        if (Double.isFinite(v)) {
          return v;
        }
      } catch (NumberFormatException e) {
        throw bad("\"" + word + "\" is no number");
      }
      throw bad("\"" + word + "\" is not finite");
    }

    private int whole(String word) {
      double v = number(word);
      if (v != Math.rint(v) || Math.abs(v) > 1e9) {
        throw bad("\"" + word + "\" is no whole number");
      }
      return (int) v;
    }

    private String next() {
      while (line < lines.size()) {
        String l = lines.get(line++).strip();
        if (!l.isEmpty()) {
          return l;
        }
      }
      throw bad("the file ends too early");
    }

    private boolean more() {
      while (line < lines.size() && lines.get(line).isBlank()) {
        line++;
      }
      return line < lines.size();
    }

    /** Goes on until behind the line that holds a word. */
    private void until(String word) {
      String l = next();
      while (!l.contains(word)) {
        l = next();
      }
    }

    private RoutingProblem solomon() {
      String name = next();
      until("NUMBER");
      String[] fleet = next().split("\\s+", -1);
      if (fleet.length < 2) {
        throw bad("number and capacity of the vehicles are missing");
      }
      until("READY");
      List<double[]> rows = new ArrayList<>();
      while (more()) {
        String[] words = next().split("\\s+", -1);
        if (words.length < 7) {
          throw bad("a customer has " + words.length + " figures, not 7");
        }
        double[] row = new double[7];
        for (int i = 0; i < 7; i++) {
          row[i] = number(words[i]);
        }
        rows.add(row);
      }
      if (rows.size() < 2) {
        throw bad("there is no customer");
      }
      Travel travel =
          Travel.plane(
              rows.stream().mapToDouble(r -> r[1]).toArray(),
              rows.stream().mapToDouble(r -> r[2]).toArray(),
              Travel.Rounding.DOWN_TO_TENTH);
      RoutingProblem.Builder problem = RoutingProblem.builder(name, travel);
      problem.vehicle(
          Vehicle.builder("vehicle")
              .count(whole(fleet[0]))
              .capacity(number(fleet[1]))
              .shift(rows.get(0)[4], rows.get(0)[5])
              .build());
      for (int i = 1; i < rows.size(); i++) {
        double[] r = rows.get(i);
        problem.stop(
            Stop.builder(String.format(Locale.ROOT, "%.0f", r[0]), i)
                .deliver(r[3])
                .window(r[4], r[5])
                .service(r[6])
                .build());
      }
      return problem.build();
    }

    private RoutingProblem vrplib() {
      Map<String, String> head = new HashMap<>();
      TreeMap<Integer, double[]> places = new TreeMap<>();
      Map<Integer, Double> demands = new HashMap<>();
      List<Integer> depots = new ArrayList<>();
      double[][] matrix = new double[0][];
      while (more()) {
        String l = next();
        if (l.equals("EOF")) {
          break;
        }
        if (l.contains(":")) {
          String[] pair = l.split(":", 2);
          head.put(pair[0].strip().toUpperCase(Locale.ROOT), pair[1].strip());
          continue;
        }
        switch (l) {
          case "NODE_COORD_SECTION" -> rows(3, w -> places.put(whole(w[0]), numbers(w)));
          case "DEMAND_SECTION" -> rows(2, w -> demands.put(whole(w[0]), number(w[1])));
          case "DEPOT_SECTION" -> {
            for (int d = whole(next()); d >= 0; d = whole(next())) {
              depots.add(d);
            }
          }
          case "EDGE_WEIGHT_SECTION" -> matrix = matrix(head);
          default -> throw bad("the section \"" + l + "\" is not known");
        }
      }
      return vrplib(head, places, demands, depots, matrix);
    }

    private double[] numbers(String[] words) {
      return new double[] {number(words[1]), number(words[2])};
    }

    private double[][] matrix(Map<String, String> head) {
      if (!"FULL_MATRIX".equals(head.get("EDGE_WEIGHT_FORMAT"))) {
        throw bad("the matrix is " + head.get("EDGE_WEIGHT_FORMAT") + ", not FULL_MATRIX");
      }
      int n = whole(head.getOrDefault("DIMENSION", "0"));
      if (n < 2 || n > 5000) {
        throw bad("the dimension is " + n);
      }
      double[][] matrix = new double[n][n];
      String[] words = new String[0];
      int at = 0;
      for (int i = 0; i < n * n; i++) {
        while (at == words.length) {
          words = next().split("\\s+", -1);
          at = 0;
        }
        matrix[i / n][i % n] = number(words[at++]);
      }
      return matrix;
    }

    private interface Row {
      void take(String[] words);
    }

    private void rows(int width, Row row) {
      while (more() && Character.isDigit(lines.get(line).strip().charAt(0))) {
        String[] words = next().split("\\s+", -1);
        if (words.length < width) {
          throw bad("a row has " + words.length + " figures, not " + width);
        }
        row.take(words);
      }
    }

    private RoutingProblem vrplib(
        Map<String, String> head,
        Map<Integer, double[]> places,
        Map<Integer, Double> demands,
        List<Integer> depots,
        double[][] matrix) {
      int n = whole(head.getOrDefault("DIMENSION", "0"));
      Travel travel;
      if (matrix.length > 0) {
        travel = Travel.matrix(matrix);
      } else {
        if (places.size() != n || n < 2) {
          throw bad("there are " + places.size() + " coordinates, and the dimension is " + n);
        }
        if (!"EUC_2D".equals(head.get("EDGE_WEIGHT_TYPE"))) {
          throw bad("the distances are " + head.get("EDGE_WEIGHT_TYPE") + ", not EUC_2D");
        }
        travel =
            Travel.plane(
                places.values().stream().mapToDouble(p -> p[0]).toArray(),
                places.values().stream().mapToDouble(p -> p[1]).toArray(),
                Travel.Rounding.NEAREST);
      }
      int depot = depots.isEmpty() ? 1 : depots.get(0);
      if (depot < 1 || depot > n || depots.size() > 1) {
        throw bad("the depots are " + depots + ", but must be one of 1 to " + n);
      }
      RoutingProblem.Builder problem =
          RoutingProblem.builder(head.getOrDefault("NAME", file.getFileName().toString()), travel);
      Vehicle.Builder vehicle =
          Vehicle.builder("vehicle").count(n - 1).between(depot - 1, depot - 1);
      if (head.containsKey("CAPACITY")) {
        vehicle.capacity(number(head.get("CAPACITY")));
      }
      if (head.containsKey("DISTANCE")) {
        vehicle.longest(number(head.get("DISTANCE")));
      }
      problem.vehicle(vehicle.build());
      for (int i = 1; i <= n; i++) {
        if (i != depot) {
          Stop.Builder stop = Stop.builder(Integer.toString(i - 1), i - 1);
          if (head.containsKey("CAPACITY")) {
            stop.deliver(demands.getOrDefault(i, 0.0));
          }
          problem.stop(stop.build());
        }
      }
      return problem.build();
    }
  }
}
