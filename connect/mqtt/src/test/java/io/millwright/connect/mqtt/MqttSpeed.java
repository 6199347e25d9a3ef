package io.millwright.connect.mqtt;

import com.sun.management.OperatingSystemMXBean;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.UnitRows;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How many messages a second of a broker pass through client, feed, rows and a monitor, each in a
 * process of its own so that processor time can be told apart:
 *
 * <ul>
 *   <li>{@code broker PORT}: Moquette; any other broker will do
 *   <li>{@code receive PORT SECONDS}: 1,000 signals of 100 units, a row of ten every 100 ms and
 *       unit, a monitor; prints what it used every five seconds
 *   <li>{@code send PORT RATE SECONDS QOS}: a socket that speaks MQTT, to use next to nothing
 *       itself
 * </ul>
 */
final class MqttSpeed {

  private static final int UNITS = 100;
  private static final int COLUMNS = 10;
  private static final int UNDER_WAY = 2_000;

  private MqttSpeed() {}

  @SuppressWarnings("SystemOut") // a program
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "broker" -> broker(port);
      case "receive" -> receive(port, Integer.parseInt(args[2]));
      case "send" ->
          send(
              port,
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]));
      default -> throw new IllegalArgumentException("broker, receive or send");
    }
  }

  private static void broker(int port) throws IOException, InterruptedException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn"); // not a line a message
    Properties properties = new Properties();
    properties.setProperty("port", Integer.toString(port));
    properties.setProperty("host", "localhost");
    properties.setProperty("allow_anonymous", "true");
    properties.setProperty("persistence_enabled", "false");
    properties.setProperty("telemetry_enabled", "false");
    new Server().startServer(new MemoryConfig(properties));
    Thread.currentThread().join();
  }

  private static String topic(int signal) {
    return "plant/line1/unit" + signal / COLUMNS + "/c" + signal % COLUMNS;
  }

  // ------------------------------------------------------------------------------- receiving

  private static void receive(int port, int seconds) throws InterruptedException {
    Schema schema = schema();
    Cusum monitor = new Cusum(schema);
    long[] outcomes = new long[1];
    UnitRows.Builder<Double> builder =
        UnitRows.of(monitor, schema)
            .hold(Duration.ofSeconds(30))
            .every(Duration.ofMillis(100))
            .outcomes(o -> outcomes[0]++);
    for (int s = 0; s < UNITS * COLUMNS; s++) {
      builder.signal(topic(s), "unit" + s / COLUMNS, "c" + s % COLUMNS);
    }
    SignalFeed feed =
        SignalFeed.to(builder.build()).lateness(Duration.ofMillis(200)).capacity(50_000).build();
    try (MqttSignals signals =
        MqttSignals.builder("localhost", port, feed)
            .client("speed")
            .topic("plant/+/+/+", MqttPayload.number())
            .open()) {
      System.out.println("ready");
      long then = System.nanoTime();
      Map<String, Long> used = used();
      long came = 0;
      for (int k = 0; k < seconds / 5; k++) {
        TimeUnit.SECONDS.sleep(5);
        long now = System.nanoTime();
        long messages = signals.messages() - came;
        Map<String, Long> all = used();
        Map<String, String> each = new TreeMap<>();
        for (Map.Entry<String, Long> e : all.entrySet()) {
          double micros = (e.getValue() - used.getOrDefault(e.getKey(), 0L)) / 1e3 / messages;
          if (micros >= 0.1) {
            each.put(e.getKey(), String.format(Locale.ROOT, "%.1f", micros));
          }
        }
        System.out.printf(
            Locale.ROOT,
            "%d messages, %.0f a second, us each: %s, %d outcomes, heap %d MiB%n",
            signals.messages(),
            messages * 1e9 / (now - then),
            each,
            outcomes[0],
            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        came += messages;
        used = all;
        then = now;
      }
      feed.close();
      System.out.println(feed.counts() + ", unreadable " + signals.unreadable());
    }
  }

  /** Nanoseconds of a core, by thread; all together under {@code process}. */
  private static Map<String, Long> used() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Long> used = new HashMap<>();
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null) {
        used.merge(info.getThreadName(), threads.getThreadCpuTime(id), Long::sum);
      }
    }
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    used.put("process", system.getProcessCpuTime());
    return used;
  }

  private static Schema schema() {
    Column[] columns = new Column[COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
      columns[c] = Column.number("c" + c);
    }
    return Schema.of(columns);
  }

  /** Sums of what a unit's readings exceed 100 by (one-sided CUSUM), the largest of its columns. */
  private static final class Cusum implements Monitor<Row, Double> {
    private static final Uncertainties UNKNOWN = Uncertainties.none("a sum");
    private final Map<String, double[]> sums = new HashMap<>();
    private final Schema schema;
    private final ModelInfo info;

    Cusum(Schema schema) {
      this.schema = schema;
      info =
          ModelInfo.builder()
              .task("cusum")
              .taskVersion(1)
              .digest("ab")
              .inputs(schema)
              .unit(Unit.NONE)
              .low(0)
              .high(1e9)
              .provenance(Provenance.builder().producer("test").created(Instant.EPOCH).build())
              .build();
    }

    @Override
    public Outcome<Double> update(String unit, Row reading, Instant at) {
      double[] sum = sums.computeIfAbsent(unit, u -> new double[schema.size()]);
      double most = 0;
      for (int c = 0; c < sum.length; c++) {
        double value = reading.number(c);
        sum[c] = Double.isNaN(value) ? sum[c] : Math.max(0, sum[c] + value - 100);
        most = Math.max(most, sum[c]);
      }
      return new Outcome.Prediction<>(most, UNKNOWN, Set.of(), info);
    }

    @Override
    public void forget(String unit) {
      sums.remove(unit);
    }

    @Override
    public byte[] snapshot() {
      return new byte[0];
    }

    @Override
    public void restore(byte[] snapshot) {}

    @Override
    public ModelInfo info() {
      return info;
    }

    @Override
    public void close() {}
  }

  // --------------------------------------------------------------------------------- sending

  private static void send(int port, int rate, int seconds, int qos)
      throws IOException, InterruptedException {
    byte[][] packets = new byte[UNITS * COLUMNS][];
    for (int s = 0; s < packets.length; s++) {
      byte[] topic = topic(s).getBytes(StandardCharsets.UTF_8);
      byte[] payload =
          String.format(Locale.ROOT, "%.3f", 90 + s % 20 / 2.0).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.write(0x30 | qos << 1);
      packet.write(2 + topic.length + (qos == 0 ? 0 : 2) + payload.length);
      packet.write(0);
      packet.write(topic.length);
      packet.writeBytes(topic);
      if (qos > 0) {
        packet.write(0);
        packet.write(0);
      }
      packet.writeBytes(payload);
      packets[s] = packet.toByteArray();
    }
    try (Socket socket = new Socket("localhost", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      out.write(new byte[] {0x10, 14, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 2, 's', 'p'});
      if (in.readNBytes(4).length != 4) {
        throw new IOException("no CONNACK");
      }
      Semaphore open = new Semaphore(UNDER_WAY);
      Thread acknowledged =
          new Thread(
              () -> {
                try {
                  while (in.readNBytes(4).length == 4) {
                    open.release();
                  }
                } catch (IOException e) {
                  // Closed by us.
                }
              });
      acknowledged.setDaemon(true);
      if (qos > 0) {
        acknowledged.start();
      }
      long begun = System.nanoTime();
      long sent = 0;
      long held = 0;
      ByteArrayOutputStream burst = new ByteArrayOutputStream();
      while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
        long due = (System.nanoTime() - begun) * rate / 1_000_000_000L;
        burst.reset();
        for (; sent < due && burst.size() < 20_000; sent++) {
          byte[] packet = packets[(int) (sent % packets.length)];
          if (qos > 0) {
            if (!open.tryAcquire()) {
              held++;
              out.write(burst.toByteArray());
              burst.reset();
              open.acquire();
            }
            int id = (int) (sent % 65_535) + 1;
            int at = 4 + packet[3];
            packet[at] = (byte) (id >> 8);
            packet[at + 1] = (byte) id;
          }
          burst.writeBytes(packet);
        }
        out.write(burst.toByteArray());
        LockSupport.parkNanos(2_000_000);
      }
      if (qos > 0) {
        open.acquire(UNDER_WAY);
      }
      double took = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d sent in %.1f s, %.0f a second, waited for the broker %d times, %.1f us each%n",
          sent,
          took,
          sent / took,
          held,
          used().get("process") / 1e3 / sent);
      out.write(new byte[] {(byte) 0xE0, 0});
    }
  }
}
