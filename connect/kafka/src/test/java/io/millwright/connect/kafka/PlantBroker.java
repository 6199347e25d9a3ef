package io.millwright.connect.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Kafka's own server in this process: one node that is broker and controller (KRaft). */
final class PlantBroker implements AutoCloseable {

  private final KafkaRaftServer server;
  private final int port;

  /**
   * Starts.
   *
   * @param folder where it keeps its logs
   * @param seenAt the port that clients are told to come to; 0: its own
   */
  PlantBroker(Path folder, int port, int seenAt) throws Exception {
    this.port = port;
    int controller = free();
    Properties given = new Properties();
    given.put("process.roles", "broker,controller");
    given.put("node.id", "1");
    given.put("controller.quorum.voters", "1@localhost:" + controller);
    given.put(
        "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controller);
    given.put("advertised.listeners", "PLAINTEXT://localhost:" + (seenAt == 0 ? port : seenAt));
    given.put("controller.listener.names", "CONTROLLER");
    given.put("log.dirs", folder.toString());
    given.put("num.partitions", "3");
    given.put("offsets.topic.replication.factor", "1");
    given.put("offsets.topic.num.partitions", "1");
    given.put("group.initial.rebalance.delay.ms", "0");
    given.put("num.network.threads", "1");
    given.put("num.io.threads", "2");
    new Formatter()
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setIgnoreFormatted(true)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
    server = new KafkaRaftServer(KafkaConfig.fromProps(given), Time.SYSTEM);
    server.startup();
  }

  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
