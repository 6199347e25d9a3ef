package io.millwright.connect.mqtt;

import io.millwright.connect.SignalFeed;
import java.io.IOException;

/** A program that listens, closes the connection when a line comes in, and is at its end then. */
final class MqttEnd {

  private MqttEnd() {}

  @SuppressWarnings("SystemOut") // it tells the test how far it is
  public static void main(String[] args) throws IOException {
    try (MqttSignals signals =
        MqttSignals.builder("localhost", Integer.parseInt(args[0]), SignalFeed.to(r -> {}).build())
            .client("end")
            .topic("end", MqttPayload.number())
            .open()) {
      System.out.println("open");
      int read = System.in.read();
      while (read != '\n') {
        read = System.in.read();
      }
      if (args.length > 1) {
        while (signals.cuts() < Integer.parseInt(args[1])) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
