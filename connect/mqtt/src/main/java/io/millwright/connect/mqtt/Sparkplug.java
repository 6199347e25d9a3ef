package io.millwright.connect.mqtt;

import io.millwright.connect.SignalQuality;
import io.millwright.connect.SignalReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sparkplug B payloads with the state of their edge nodes (Eclipse Sparkplug 3.0): births name
 * metrics and their aliases, deaths make all readings of a node or device stale, a gap in the
 * sequence numbers, or data of a node whose birth was not heard, asks for a rebirth. The source of
 * a reading is {@code group/node/metric} or {@code group/node/device/metric}. Booleans are 0 and 1;
 * texts, templates and data sets are left out. One for each connection; not thread-safe.
 */
public final class Sparkplug implements MqttPayload {

  /** Every topic of Sparkplug B, for a subscription. */
  public static final String TOPICS = "spBv1.0/#";

  private static final int SEQUENCES = 256;
  private static final int MOST_NODES = 10_000;

  private record Named(String source, int type) {}

  /** What is known of a node since its birth. */
  private static final class Node {
    final Map<Long, Named> aliases = new HashMap<>();
    final Map<String, Integer> types = new HashMap<>();
    final Map<String, Set<String>> devices = new HashMap<>();
    final Set<String> own = new LinkedHashSet<>();
    long birth = -1;
    long sequence = -1;
    boolean alive;
    boolean asked;
    Instant newest = Instant.EPOCH;
  }

  private final Consumer<? super String> rebirths;
  private final Map<String, Node> nodes = new HashMap<>();
  private long gaps;

  private Sparkplug(Consumer<? super String> rebirths) {
    this.rebirths = rebirths;
  }

  /**
   * A decoder.
   *
   * @param rebirths hears of nodes, as {@code group/node}, whose state is not known, to send them
   *     the command Node Control/Rebirth; once until the next birth
   * @return the decoder
   */
  public static Sparkplug decoder(Consumer<? super String> rebirths) {
    return new Sparkplug(rebirths);
  }

  /** {@return how often a sequence number was missing: so many times messages were lost} */
  public long gaps() {
    return gaps;
  }

  @Override
  public List<SignalReading> readings(String topic, byte[] payload, Instant received) {
    String[] parts = topic.split("/", -1);
    if (parts.length < 4 || parts.length > 5 || !parts[0].equals("spBv1.0")) {
      return List.of();
    }
    String key = parts[1] + "/" + parts[3];
    String device = parts.length == 5 ? parts[4] : "";
    String type = parts[2];
    if (!Set.of("NBIRTH", "DBIRTH", "NDATA", "DDATA", "NDEATH", "DDEATH").contains(type)) {
      return List.of();
    }
    SparkplugPayload read = SparkplugPayload.read(payload);
    Node node = nodes.get(key);
    if (node == null) {
      if (nodes.size() == MOST_NODES) {
        throw new IllegalStateException("more than " + MOST_NODES + " nodes");
      }
      node = new Node();
      nodes.put(key, node);
    }
    return switch (type) {
      case "NBIRTH" -> born(node, key, read, received);
      case "NDEATH" -> died(node, read, received);
      default -> told(node, key, device, type, read, received);
    };
  }

  private static List<SignalReading> born(
      Node node, String key, SparkplugPayload read, Instant received) {
    Set<String> before = new LinkedHashSet<>();
    if (node.alive) {
      before.addAll(node.own);
      node.devices.values().forEach(before::addAll);
    }
    node.aliases.clear();
    node.types.clear();
    node.devices.clear();
    node.own.clear();
    node.alive = true;
    node.asked = false;
    node.sequence = read.sequence();
    node.birth =
        read.metrics().stream()
            .filter(m -> "bdSeq".equals(m.name))
            .mapToLong(m -> m.whole)
            .findFirst()
            .orElse(-1);
    return reborn(
        before, node.own, values(node, key, node.own, true, read, received), read, received);
  }

  /** What was there before and is not born again is known no more; of a node also its devices. */
  private static List<SignalReading> reborn(
      Set<String> before,
      Set<String> born,
      List<SignalReading> values,
      SparkplugPayload read,
      Instant received) {
    before.removeAll(born);
    Instant at = time(read.timestamp(), received);
    List<SignalReading> all = new ArrayList<>();
    before.forEach(source -> all.add(SignalReading.stale(source, at)));
    all.addAll(values);
    return all;
  }

  private static List<SignalReading> died(Node node, SparkplugPayload read, Instant received) {
    long birth =
        read.metrics().stream()
            .filter(m -> "bdSeq".equals(m.name))
            .mapToLong(m -> m.whole)
            .findFirst()
            .orElse(node.birth);
    // The will of an earlier connection says nothing of this one.
    if (!node.alive || birth != node.birth) {
      return List.of();
    }
    node.alive = false;
    List<SignalReading> stale = new ArrayList<>();
    // The time stamp in a will is that of the birth.
    Instant at = received.isBefore(node.newest) ? node.newest : received;
    node.own.forEach(s -> stale.add(SignalReading.stale(s, at)));
    node.devices.values().forEach(d -> d.forEach(s -> stale.add(SignalReading.stale(s, at))));
    return stale;
  }

  private List<SignalReading> told(
      Node node, String key, String device, String type, SparkplugPayload read, Instant received) {
    if (!node.alive) {
      ask(node, key);
      return List.of();
    }
    if (read.sequence() >= 0) {
      if (node.sequence >= 0 && read.sequence() != (node.sequence + 1) % SEQUENCES) {
        gaps++;
        ask(node, key);
      }
      node.sequence = read.sequence();
    }
    if (device.isEmpty()) {
      return values(node, key, node.own, false, read, received);
    }
    String prefix = key + "/" + device;
    if (type.equals("DDEATH")) {
      Set<String> gone = node.devices.remove(device);
      Instant at = time(read.timestamp(), received);
      return gone == null ? List.of() : gone.stream().map(s -> SignalReading.stale(s, at)).toList();
    }
    if (type.equals("DBIRTH")) {
      Set<String> now = new LinkedHashSet<>();
      Set<String> earlier = node.devices.put(device, now);
      Set<String> before = earlier == null ? new LinkedHashSet<>() : earlier;
      return reborn(before, now, values(node, prefix, now, true, read, received), read, received);
    }
    Set<String> sources = node.devices.get(device);
    if (sources == null) {
      ask(node, key);
      return List.of();
    }
    return values(node, prefix, sources, false, read, received);
  }

  private void ask(Node node, String key) {
    if (!node.asked) {
      node.asked = true;
      rebirths.accept(key);
    }
  }

  private static Instant time(long millis, Instant received) {
    return millis < 0 ? received : Instant.ofEpochMilli(millis);
  }

  private static List<SignalReading> values(
      Node node,
      String prefix,
      Set<String> sources,
      boolean birth,
      SparkplugPayload read,
      Instant received) {
    List<SignalReading> readings = new ArrayList<>();
    for (SparkplugPayload.Metric metric : read.metrics()) {
      Named named = named(node, prefix, metric, birth);
      if (named == null || named.source().endsWith("/bdSeq")) {
        continue;
      }
      boolean control = named.source().contains("/Node Control/");
      double value = SparkplugPayload.number(metric, named.type());
      if (control || (!metric.numeric && !metric.isNull)) {
        continue;
      }
      if (birth) {
        sources.add(named.source());
      }
      long millis = metric.timestamp >= 0 ? metric.timestamp : read.timestamp();
      Instant at = time(millis, received);
      Instant said = time(read.timestamp(), received);
      // A birth vouches for its values, however long ago they changed.
      at = birth && at.isBefore(said) ? said : at;
      node.newest = at.isAfter(node.newest) ? at : node.newest;
      readings.add(new SignalReading(named.source(), at, value, quality(metric)));
    }
    return readings;
  }

  private static @Nullable Named named(
      Node node, String prefix, SparkplugPayload.Metric metric, boolean birth) {
    String name = metric.name;
    if (name == null || name.isEmpty()) {
      return node.aliases.get(metric.alias);
    }
    String source = prefix + "/" + name;
    if (birth) {
      node.types.put(source, metric.type);
      if (metric.alias >= 0) {
        node.aliases.put(metric.alias, new Named(source, metric.type));
      }
    }
    Integer type = node.types.get(source);
    return type == null ? null : new Named(source, type);
  }

  private static SignalQuality quality(SparkplugPayload.Metric metric) {
    return metric.isNull || metric.quality == SparkplugPayload.QUALITY_BAD
        ? SignalQuality.BAD
        : metric.quality == SparkplugPayload.QUALITY_STALE
            ? SignalQuality.STALE
            : SignalQuality.GOOD;
  }
}
