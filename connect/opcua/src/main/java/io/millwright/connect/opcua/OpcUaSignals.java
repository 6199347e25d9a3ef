package io.millwright.connect.opcua;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.connect.SignalFeed;
import io.millwright.connect.SignalReading;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values of an OPC UA server, handed to a feed by a subscription (OPC UA part 4, data changes of
 * monitored items): with the time of their source and the severity of their status code. The server
 * keeps values through a cut connection for as long as is asked for; the client connects again by
 * itself, takes what was kept, and gives a stale reading before the next value wherever some were
 * lost. A feed without room holds the server back. The connection is signed and encrypted unless
 * stated otherwise. Thread-safe.
 */
public final class OpcUaSignals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpcUaSignals.class);
  private static final long RETRY_MILLIS = 1_000;
  private static final int MOST_QUEUED = 10_000;
  private static final int WATCHDOG_BEATS = 10;

  private final SignalFeed feed;
  private final Clock clock;
  private final Duration publishing;
  private final Duration keep;
  private final Duration patience;
  private final OpcUaWires wires;
  private final @Nullable OpcUaKeys keys;
  private final OpcUaClient client;
  private final OpcUaSubscription subscription;
  private final List<Tag> tags = new ArrayList<>();
  private final AtomicLong values = new AtomicLong();
  private final AtomicLong cuts = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  // Guarded by this.
  private @Nullable Instant cutAt;
  private boolean forgotten;
  private volatile boolean closed;

  private OpcUaSignals(Builder b, OpcUaWires wires, @Nullable OpcUaKeys keys, OpcUaClient client) {
    feed = b.feed;
    clock = b.clock;
    publishing = b.publishing;
    keep = b.keep;
    patience = b.patience;
    this.wires = wires;
    this.keys = keys;
    this.client = client;
    subscription = new OpcUaSubscription(client, publishing.toMillis());
    subscription.setLifetimeAndKeepAliveCalculated(false);
    long beats = Math.max(1, Math.min(1_000, keep.toMillis() / 10) / publishing.toMillis());
    subscription.setMaxKeepAliveCount(Unsigned.uint(beats));
    // After a cut the server answers some requests of the old connection first.
    subscription.setWatchdogMultiplier(WATCHDOG_BEATS);
    subscription.setLifetimeCount(
        Unsigned.uint(Math.max(3 * beats, keep.toMillis() / publishing.toMillis())));
    subscription.setSubscriptionListener(new Listener());
  }

  /**
   * Starts a connection.
   *
   * @param address the server, as {@code opc.tcp://host:4840/path}
   * @param feed takes the readings
   * @return a builder
   */
  public static Builder builder(String address, SignalFeed feed) {
    return new Builder(address, feed);
  }

  private static OpcUaSignals open(Builder b) {
    OpcUaWires wires = new OpcUaWires(b.name);
    OpcUaKeys keys = null;
    OpcUaClient client = null;
    try {
      Path folder = b.folder;
      keys = folder == null ? null : OpcUaKeys.open(folder, b.password, b.name);
      client = OpcUaEndpoint.client(b, wires, keys);
      client.connectAsync().get(b.patience.toMillis(), TimeUnit.MILLISECONDS);
      OpcUaSignals signals = new OpcUaSignals(b, wires, keys, client);
      signals.subscribe(b.items, b.sampling);
      return signals;
    } catch (UaException | ExecutionException | TimeoutException e) {
      wires.end(client, keys);
      throw OpcUaNodes.failed("cannot connect to " + b.address, e, keys);
    } catch (InterruptedException e) {
      wires.end(client, keys);
      Thread.currentThread().interrupt();
      throw OpcUaNodes.failed("interrupted while connecting to " + b.address, e, keys);
    } catch (RuntimeException e) {
      wires.end(client, keys);
      throw e;
    }
  }

  private void subscribe(Map<String, String> items, Duration sampling) throws UaException {
    int queue = (int) Math.max(1, Math.min(MOST_QUEUED, keep.dividedBy(sampling)));
    for (Map.Entry<String, String> item : items.entrySet()) {
      OpcUaMonitoredItem monitored =
          OpcUaMonitoredItem.newDataItem(OpcUaNodes.named(item.getKey(), client));
      monitored.setSamplingInterval((double) sampling.toMillis());
      monitored.setQueueSize(Unsigned.uint(queue));
      monitored.setDiscardOldest(true);
      Tag tag = new Tag(item.getValue(), sampling);
      tags.add(tag);
      monitored.setUserObject(tag);
      subscription.addMonitoredItem(monitored);
    }
    client.addSessionActivityListener(new Connection());
    subscription.create();
    OpcUaNodes.check(subscription.createMonitoredItems());
  }

  /** What the subscription hears, one after the other. */
  private final class Listener implements OpcUaSubscription.SubscriptionListener {
    @Override
    public void onDataReceived(
        OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> data) {
      Instant now = clock.instant();
      Set<Tag> seen = new HashSet<>();
      for (int i = 0; i < items.size(); i++) {
        values.incrementAndGet();
        Tag tag = (Tag) items.get(i).getUserObject().orElseThrow();
        List<SignalReading> readings = tag.take(data.get(i), seen.add(tag), publishing, now);
        if (readings.size() > 1) {
          lost.incrementAndGet();
        }
        give(readings);
      }
    }

    @Override
    public void onNotificationDataLost(OpcUaSubscription from) {
      tags.forEach(tag -> tag.missing(Instant.MIN));
    }

    @Override
    public void onStatusChanged(OpcUaSubscription from, StatusCode status) {
      if (status.value() == StatusCodes.Bad_Timeout) {
        again();
      }
    }

    @Override
    public void onTransferFailed(OpcUaSubscription from, StatusCode status) {
      again();
    }

    @Override
    public void onWatchdogTimerElapsed(OpcUaSubscription from) {
      again();
    }
  }

  private void give(List<SignalReading> readings) {
    try {
      for (SignalReading reading : readings) {
        feed.offer(reading);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the session hears. */
  private final class Connection implements SessionActivityListener {
    @Override
    public void onSessionInactive(UaSession session) {
      if (closed) {
        return;
      }
      cuts.incrementAndGet();
      Instant now = clock.instant();
      synchronized (OpcUaSignals.this) {
        cutAt = now;
      }
      try {
        ScheduledFuture<?> unused =
            wires.timer().schedule(() -> forget(now), keep.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("closing", e);
      }
    }

    @Override
    public void onSessionActive(UaSession session) {
      boolean renew;
      synchronized (OpcUaSignals.this) {
        renew = forgotten;
        if (!renew) {
          cutAt = null;
        }
      }
      if (renew) {
        again();
      }
    }
  }

  /** The server has dropped what it kept by now: nothing is known of its values any more. */
  private void forget(Instant cut) {
    synchronized (this) {
      if (closed || !cut.equals(cutAt)) {
        return;
      }
      forgotten = true;
    }
    subscription
        .getDeliveryQueue()
        .execute(
            () -> {
              for (Tag tag : tags) {
                tag.forgotten(cut);
                give(tag.stale());
              }
            });
  }

  /** Subscribes anew, until it is done or closed. */
  private void again() {
    try {
      wires.workers().execute(this::renew);
    } catch (RejectedExecutionException e) {
      LOG.debug("closing", e);
    }
  }

  private void renew() {
    if (closed) {
      return;
    }
    Instant since;
    synchronized (this) {
      since = cutAt == null ? Instant.MIN : cutAt;
    }
    try {
      client.getSessionAsync().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      synchronized (subscription) {
        subscription.reset();
        tags.forEach(tag -> tag.forgotten(since));
        subscription.create();
        List<MonitoredItemServiceOperationResult> made = subscription.createMonitoredItems();
        long without =
            made.stream()
                .filter(m -> !m.operationResult().orElse(m.serviceResult()).isGood())
                .count();
        if (without > 0) {
          LOG.warn("the server gives {} of {} nodes no longer", without, made.size());
        }
      }
      synchronized (this) {
        forgotten = false;
        cutAt = null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UaException | ExecutionException | TimeoutException e) {
      LOG.debug("cannot subscribe anew yet", e);
      try {
        ScheduledFuture<?> unused =
            wires.timer().schedule(this::again, RETRY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        LOG.debug("closing", closing);
      }
    }
  }

  /**
   * Writes a value back, such as an outcome.
   *
   * @param node which node, as {@code ns=2;s=Name} or {@code nsu=address;s=Name}
   * @param value in the type of the node: {@link Double} for Double, {@link Float} for Float, and
   *     so on
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when the server has not taken it
   *     in time, or {@link ErrorCode#BAD_OPTION} for an unknown node
   */
  public void write(String node, Object value) {
    OpcUaNodes.write(node, value, client, patience);
  }

  /** {@return how many values came} */
  public long values() {
    return values.get();
  }

  /**
   * How often values may have been lost before one that came.
   *
   * @return the number; a cut soon after another one counts too, though nothing was lost
   */
  public long lost() {
    return lost.get();
  }

  /** {@return how often the connection was lost} */
  public long cuts() {
    return cuts.get();
  }

  /** Ends subscription and connection. Closing twice does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      wires.end(client, keys);
    }
  }

  /** States what is subscribed and how. Not thread-safe. */
  public static final class Builder {
    final String address;
    private final SignalFeed feed;
    private final Map<String, String> items = new LinkedHashMap<>();
    private Clock clock = Clock.systemUTC();
    private Duration sampling = Duration.ofSeconds(1);
    private Duration publishing = Duration.ofSeconds(1);
    Duration keep = Duration.ofMinutes(1);
    Duration patience = Duration.ofSeconds(30);
    String name = "millwright";
    private @Nullable Path folder;
    private char[] password = {};
    @Nullable String user;
    byte @Nullable [] secret;

    private Builder(String address, SignalFeed feed) {
      this.address = Objects.requireNonNull(address, "address");
      this.feed = Objects.requireNonNull(feed, "feed");
    }

    private static Duration positive(Duration duration) {
      if (duration.toMillis() < 1) {
        throw new IllegalArgumentException("at least a millisecond, but this is " + duration);
      }
      return duration;
    }

    /**
     * Subscribes a node.
     *
     * @param node which one, as {@code ns=2;s=Name} or, by the address of its namespace, which does
     *     not change when a server is configured anew, as {@code nsu=address;s=Name}; its values
     *     are numbers or booleans (1 and 0), others become NaN
     * @param source the signal's name in the feed
     * @return this
     */
    public Builder item(String node, String source) {
      items.put(Objects.requireNonNull(node, "node"), Objects.requireNonNull(source, "source"));
      return this;
    }

    /**
     * Signs and encrypts the connection by the keys of a folder. What is missing is made: {@code
     * own.p12} with a key and a certificate for ten years, {@code own.der} for the server to trust.
     * A certificate in {@code trusted/certs} is trusted, any other goes to {@code rejected}.
     *
     * @param of the folder
     * @param secret the password of {@code own.p12}; copied
     * @return this
     */
    public Builder keys(Path of, char[] secret) {
      folder = Objects.requireNonNull(of, "of");
      password = secret.clone();
      return this;
    }

    /**
     * Names the client, for its certificate and the server's records.
     *
     * @param application letters, digits and dashes
     * @return this
     */
    public Builder client(String application) {
      name = Objects.requireNonNull(application, "application");
      return this;
    }

    /**
     * States who connects; without it nobody in particular.
     *
     * @param as the user
     * @param with the password; copied
     * @return this
     */
    public Builder credentials(String as, byte[] with) {
      user = Objects.requireNonNull(as, "as");
      secret = with.clone();
      return this;
    }

    /**
     * States how often the server looks at a node.
     *
     * @param every one second unless stated
     * @return this
     */
    public Builder sampling(Duration every) {
      sampling = positive(every);
      return this;
    }

    /**
     * States how often the server sends what has changed. Give the feed at least this lateness:
     * values of several nodes come together.
     *
     * @param every one second unless stated
     * @return this
     */
    public Builder publishing(Duration every) {
      publishing = positive(every);
      return this;
    }

    /**
     * States for how long a cut connection the server keeps values; after that all are stale.
     *
     * @param most one minute unless stated; the server may grant less, which is then flagged too
     * @return this
     */
    public Builder keep(Duration most) {
      keep = positive(most);
      return this;
    }

    /**
     * States the clock of values without a time and of cuts.
     *
     * @param by the clock
     * @return this
     */
    public Builder clock(Clock by) {
      clock = Objects.requireNonNull(by, "by");
      return this;
    }

    /**
     * States how long connecting and writing may take.
     *
     * @param most 30 seconds unless stated
     * @return this
     */
    public Builder patience(Duration most) {
      patience = positive(most);
      return this;
    }

    /**
     * Connects and subscribes.
     *
     * @return the open connection
     * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when that is not done in time,
     *     or one side does not trust the other; with {@link ErrorCode#BAD_OPTION} for an unknown
     *     node
     */
    public OpcUaSignals open() {
      return OpcUaSignals.open(this);
    }
  }
}
