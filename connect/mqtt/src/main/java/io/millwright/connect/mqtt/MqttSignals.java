package io.millwright.connect.mqtt;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientReconnector;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import io.reactivex.disposables.Disposable;
import io.reactivex.disposables.Disposables;
import io.reactivex.schedulers.Schedulers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of an MQTT broker, handed to a feed (OASIS MQTT 3.1.1, which brokers of version 5 speak
 * as well). The session outlives a cut connection, messages are acknowledged once the feed has
 * them, and the client connects again by itself: with quality of service 1 nothing is lost that the
 * broker keeps, and what it sends twice the feed leaves out when the message carries its time. A
 * feed without room holds the broker back. Thread-safe.
 */
public final class MqttSignals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MqttSignals.class);

  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 10_000;

  private final Mqtt3AsyncClient client;
  private final SignalFeed feed;
  private final Map<String, MqttPayload> topics;
  private final Clock clock;
  private final Duration patience;
  private final ExecutorService one;
  private Disposable publishes = Disposables.disposed();
  private volatile @Nullable Thread worker;
  private volatile CompletableFuture<@Nullable Void> pause =
      CompletableFuture.completedFuture(null);
  private volatile boolean closed;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong cuts = new AtomicLong();

  private MqttSignals(Builder b) {
    feed = b.feed;
    topics = Map.copyOf(b.topics);
    clock = b.clock;
    patience = b.patience;
    one =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "mqtt-signals-" + b.id);
              thread.setDaemon(true);
              worker = thread;
              return thread;
            });
    Mqtt3ClientBuilder builder =
        Mqtt3Client.builder()
            .identifier(b.id)
            .serverHost(b.host)
            .serverPort(b.port)
            .addDisconnectedListener(this::again);
    if (b.tls) {
      builder = builder.sslWithDefaultConfig();
    }
    byte[] password = b.password;
    if (b.user != null && password != null) {
      builder = builder.simpleAuth().username(b.user).password(password).applySimpleAuth();
    }
    client = builder.buildAsync();
  }

  /**
   * Starts a connection.
   *
   * @param host the broker
   * @param port its port
   * @param feed takes the readings
   * @return a builder
   */
  public static Builder builder(String host, int port, SignalFeed feed) {
    return new Builder(host, port, feed);
  }

  private MqttSignals open() {
    // The callback of the asynchronous client could not be ended, and with it the client's thread.
    publishes =
        client
            .toRx()
            .publishes(MqttGlobalPublishFilter.ALL, true)
            .observeOn(Schedulers.from(one), true)
            .subscribe(this::take, e -> LOG.warn("no message comes any more", e));
    try {
      client
          .connectWith()
          .cleanSession(false)
          .send()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      for (String topic : topics.keySet()) {
        client
            .subscribeWith()
            .topicFilter(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .send()
            .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
      return this;
    } catch (ExecutionException | TimeoutException | CompletionException e) {
      close();
      throw failed("cannot connect and subscribe", e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw failed("interrupted while connecting", e);
    }
  }

  private static MillwrightException failed(String what, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        what + ": " + cause + "\nMaybe check host, port, credentials and that it speaks MQTT 3.1.1",
        e);
  }

  /**
   * Connects again after a pause, the longer the more often it was in vain, and no more once this
   * is closed: a connection that came back then would take the session's messages for nobody.
   */
  private void again(MqttClientDisconnectedContext context) {
    if (context.getSource() == MqttDisconnectSource.USER) {
      return;
    }
    cuts.incrementAndGet();
    MqttClientReconnector reconnector = context.getReconnector();
    int times = Math.min(reconnector.getAttempts(), 10);
    CompletableFuture<@Nullable Void> over =
        new CompletableFuture<@Nullable Void>()
            .completeOnTimeout(
                null, Math.min(FIRST_PAUSE << times, LONGEST_PAUSE), TimeUnit.MILLISECONDS);
    pause = over;
    if (closed) {
      over.complete(null);
    }
    reconnector.reconnectWhen(
        over,
        (nothing, problem) -> {
          if (closed) {
            reconnector.reconnect(false);
          }
        });
  }

  private void take(Mqtt3Publish message) {
    if (closed) {
      return; // not acknowledged, so it comes again to the next connection of this session
    }
    messages.incrementAndGet();
    String topic = message.getTopic().toString();
    try {
      for (Map.Entry<String, MqttPayload> one : topics.entrySet()) {
        if (matches(one.getKey(), topic)) {
          for (SignalReading reading :
              one.getValue().readings(topic, message.getPayloadAsBytes(), clock.instant())) {
            feed.offer(reading);
          }
        }
      }
    } catch (InterruptedException e) {
      // Closing: what is not acknowledged comes again to the next connection of this session.
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      unreadable.incrementAndGet();
      LOG.debug("a message of {} is not readable", topic, e);
    }
    try {
      if (message.getQos() != MqttQos.AT_MOST_ONCE) {
        message.acknowledge();
      }
    } catch (RuntimeException e) {
      // What is thrown here would end the flow of messages.
      LOG.debug("a message of {} cannot be acknowledged", topic, e);
    }
  }

  /** Whether a topic belongs to a filter (MQTT 3.1.1, section 4.7). */
  static boolean matches(String filter, String topic) {
    String[] wanted = filter.split("/", -1);
    String[] parts = topic.split("/", -1);
    for (int k = 0; k < wanted.length; k++) {
      if (wanted[k].equals("#")) {
        return true;
      }
      if (k >= parts.length || !(wanted[k].equals("+") || wanted[k].equals(parts[k]))) {
        return false;
      }
    }
    return wanted.length == parts.length;
  }

  /**
   * Writes something back, such as an outcome, with quality of service 1.
   *
   * @param topic where to
   * @param text what, sent as UTF-8
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when the broker has not taken it
   *     in time
   */
  public void publish(String topic, String text) {
    try {
      client
          .publishWith()
          .topic(topic)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(text.getBytes(StandardCharsets.UTF_8))
          .send()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw failed("cannot publish to " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while publishing to " + topic, e);
    }
  }

  /** {@return how many messages came} */
  public long messages() {
    return messages.get();
  }

  /** {@return how many messages no payload could read} */
  public long unreadable() {
    return unreadable.get();
  }

  /** {@return how often the connection was lost or could not be made} */
  public long cuts() {
    return cuts.get();
  }

  /**
   * Ends the connection; the broker keeps the session as long as it is set to. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    closed = true;
    pause.complete(null);
    Thread at = worker;
    if (at != null) {
      at.interrupt(); // it may wait for room in the feed
    }
    if (client.getState() != MqttClientState.DISCONNECTED) {
      try {
        client.disconnect().get(5, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("the connection was gone already", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    publishes.dispose();
    one.shutdownNow();
  }

  /** States what is subscribed and how. Not thread-safe. */
  public static final class Builder {
    private final String host;
    private final int port;
    private final SignalFeed feed;
    private final Map<String, MqttPayload> topics = new LinkedHashMap<>();
    private Clock clock = Clock.systemUTC();
    private Duration patience = Duration.ofSeconds(30);
    private String id = "millwright";
    private boolean tls;
    private @Nullable String user;
    private byte @Nullable [] password;

    private Builder(String host, int port, SignalFeed feed) {
      this.host = Objects.requireNonNull(host, "host");
      this.port = port;
      this.feed = Objects.requireNonNull(feed, "feed");
    }

    /**
     * Subscribes.
     *
     * @param filter topics, with {@code +} and {@code #}
     * @param payload how their messages are read
     * @return this
     */
    public Builder topic(String filter, MqttPayload payload) {
      topics.put(filter, payload);
      return this;
    }

    /**
     * Names the client, by which the broker knows its session again.
     *
     * @param name the same at every start, and of no other client
     * @return this
     */
    public Builder client(String name) {
      id = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Encrypts the connection with the trusted certificates of the JDK.
     *
     * @return this
     */
    public Builder tls() {
      tls = true;
      return this;
    }

    /**
     * States who connects.
     *
     * @param name the user
     * @param secret the password; copied
     * @return this
     */
    public Builder credentials(String name, byte[] secret) {
      user = Objects.requireNonNull(name, "name");
      password = secret.clone();
      return this;
    }

    /**
     * States the clock of messages that carry no time.
     *
     * @param by the clock
     * @return this
     */
    public Builder clock(Clock by) {
      clock = Objects.requireNonNull(by, "by");
      return this;
    }

    /**
     * States how long connecting, subscribing and publishing may take.
     *
     * @param most 30 seconds unless stated
     * @return this
     */
    public Builder patience(Duration most) {
      patience = Objects.requireNonNull(most, "most");
      return this;
    }

    /**
     * Connects and subscribes.
     *
     * @return the open connection
     * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when that is not done in time
     */
    public MqttSignals open() {
      return new MqttSignals(this).open();
    }
  }
}
