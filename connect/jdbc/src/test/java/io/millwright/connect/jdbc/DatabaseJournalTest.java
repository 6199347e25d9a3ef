package io.millwright.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.journal.InputPolicy;
import io.millwright.runtime.journal.JournalEntry;
import io.millwright.runtime.journal.JournalLine;
import io.millwright.runtime.journal.PredictionJournal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Journals of predictions in H2 and in a real PostgreSQL. */
class DatabaseJournalTest {

  private static final Schema SCHEMA = Schema.of(Column.number("x"), Column.category("person"));
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");

  private static DataSource h2(String name) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    return source;
  }

  private static Outcome<Double> answer(double value) {
    ModelInfo info =
        ModelInfo.builder()
            .task("test.function")
            .taskVersion(1)
            .digest("0".repeat(64))
            .inputs(SCHEMA)
            .provenance(
                Provenance.builder().producer("test").created(Instant.EPOCH).dataDigest("").build())
            .build();
    return new Outcome.Prediction<>(value, Uncertainties.none("a test"), Set.of(), info);
  }

  private static Table row(double x, String person) {
    return Table.builder(SCHEMA, 1).add(x, person).build();
  }

  private static PredictionJournal journal(DatabaseJournal store, InputPolicy policy, Instant at) {
    return PredictionJournal.open(
        store, policy, PredictionJournal.WhenFull.WAIT, 100, Clock.fixed(at, ZoneOffset.UTC));
  }

  private static List<JournalEntry> all(DatabaseJournal store) {
    List<JournalEntry> all = new ArrayList<>();
    store.each(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), all::add);
    return all;
  }

  private static JournalLine said(String id, Instant at, String input) {
    return new JournalLine.Said(
        new JournalEntry(
            id,
            at,
            "m",
            input,
            "1",
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            "",
            Optional.empty()));
  }

  /** What holds for each database. */
  private static void keeps(DataSource source) throws SQLException {
    DatabaseJournal store = DatabaseJournal.open(source, "press", Duration.ZERO);
    try (PredictionJournal journal = journal(store, InputPolicy.WHOLE, NOON)) {
      journal.truth("b", "5"); // before the prediction
      for (String id : List.of("a", "b", "c")) {
        Table input = row(3, "ann\0张");
        journal.record(id, input, answer(6));
      }
      journal.record("text", "nul \0 in a text", answer(Double.NaN));
      journal.truth("c", "1");
      journal.truth("c", "6");
      journal.record("x".repeat(501), row(3, "bob"), answer(6)); // too long
      journal.flush();
      assertThat(journal.dropped()).isEqualTo(1);
    }
    // A second process on the same tables.
    DatabaseJournal again = DatabaseJournal.open(source, "press", Duration.ZERO);
    List<JournalEntry> entries = all(again);
    assertThat(entries).extracting(JournalEntry::id).containsExactly("a", "b", "c", "text");
    assertThat(entries)
        .extracting(JournalEntry::truth)
        .containsExactly(Optional.empty(), Optional.of("5"), Optional.of("6"), Optional.empty());
    assertThat(entries.get(0).number()).isEqualTo(6);
    assertThat(entries.get(0).low()).isNaN();
    assertThat(entries.get(0).at()).isEqualTo(NOON);
    assertThat(entries.get(0).input()).contains("ann", "张");
    assertThat(entries.get(3).input()).isEqualTo("nul \uFFFD in a text");
    assertThat(again.erase(e -> e.input().contains("ann"))).isEqualTo(3);
    assertThat(all(again)).extracting(JournalEntry::id).containsExactly("text");
    assertThat(count(source, "press_truths")).isZero();
    retains(source);
  }

  /** Old predictions go with their truths; an id written twice counts once, and is erased whole. */
  private static void retains(DataSource source) throws SQLException {
    DatabaseJournal store = DatabaseJournal.open(source, "ovens", Duration.ZERO);
    Instant old = NOON.minus(Duration.ofDays(90));
    store.append(
        List.of(
            said("old", old, "ann"),
            said("both", old, "ann"),
            said("both", NOON, "bob"),
            said("new", NOON, ""),
            new JournalLine.Told("old", NOON, "1"),
            new JournalLine.Told("both", NOON, "2"),
            new JournalLine.Told("nobody", old, "3"),
            new JournalLine.Told("later", NOON, "4")));
    assertThat(all(store))
        .extracting(JournalEntry::id)
        .containsExactlyInAnyOrder("old", "both", "new");
    assertThat(all(store).get(0).low()).isEqualTo(Double.NEGATIVE_INFINITY);
    List<String> today = new ArrayList<>();
    store.each(NOON, NOON.plusSeconds(1), e -> today.add(e.id()));
    assertThat(today).containsExactly("both", "new");
    assertThat(store.erase(e -> e.input().equals("ann") && e.id().equals("both"))).isEqualTo(1);
    assertThat(all(store)).extracting(JournalEntry::id).containsExactly("old", "new");
    assertThat(store.eraseBefore(NOON)).isEqualTo(1);
    assertThat(all(store)).extracting(JournalEntry::id).containsExactly("new");
    assertThat(count(source, "ovens_truths")).isEqualTo(1); // "later" may yet get its prediction
    assertThatThrownBy(() -> store.erase(e -> Integer.parseInt(e.id()) > 0))
        .isInstanceOf(NumberFormatException.class);
    assertThat(all(store)).hasSize(1);
  }

  private static int count(DataSource source, String table) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from " + table)) {
      result.next();
      return result.getInt(1);
    }
  }

  @Test
  void h2() throws SQLException {
    keeps(h2("keeps"));
  }

  @Test
  void postgres() throws Exception {
    try (EmbeddedPostgres postgres = OtherDatabasesTest.postgres()) {
      DataSource source = postgres.getPostgresDatabase();
      keeps(source);
      // Who may write and not make tables finds those that are there.
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create role teller login");
        statement.execute("create schema shop");
        statement.execute("grant usage on schema shop to teller");
      }
      DataSource teller = postgres.getDatabase("teller", "postgres");
      assertThatThrownBy(() -> DatabaseJournal.open(teller, "shop.line", Duration.ZERO))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContainingAll("shop.line", "permission denied", "Maybe ");
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        for (String sql : DatabaseJournal.tables("shop.line")) {
          statement.execute(sql);
        }
        statement.execute("grant select, insert on all tables in schema shop to teller");
      }
      DatabaseJournal line = DatabaseJournal.open(teller, "shop.line", Duration.ZERO);
      assertThat(line.append(List.of(said("1", NOON, "")))).isEqualTo(1);
      assertThat(all(line)).hasSize(1);
    }
  }

  /** A database that goes away for some calls. */
  private static DataSource away(DataSource real, AtomicInteger failures) {
    return (DataSource)
        Proxy.newProxyInstance(
            DatabaseJournalTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              if (failures.getAndDecrement() > 0) {
                throw new SQLTransientConnectionException("the database is away");
              }
              return real.getConnection();
            });
  }

  @Test
  void whatIsSaidWhileTheDatabaseIsAwayIsKept() {
    DataSource real = h2("away");
    DatabaseJournal made = DatabaseJournal.open(real, "press", Duration.ZERO);
    AtomicInteger failures = new AtomicInteger();
    DatabaseJournal store =
        DatabaseJournal.open(away(real, failures), "press", Duration.ofMinutes(1));
    failures.set(4);
    try (PredictionJournal journal = journal(store, InputPolicy.HASHED, NOON)) {
      for (int i = 0; i < 250; i++) { // more than the queue holds: the caller waits
        journal.record("" + i, row(i, "ann"), answer(i));
      }
      journal.flush();
      assertThat(journal.dropped()).isZero();
    }
    assertThat(all(made)).hasSize(250).allMatch(e -> e.input().length() == 64);
  }

  /** PostgreSQL's driver quotes whole records in what it says. */
  @Test
  void noValueStandsInAMessage() {
    DataSource real = h2("quoted");
    DatabaseJournal made = DatabaseJournal.open(real, "press", Duration.ZERO);
    assertThat(made.append(List.of(said("1", NOON, "zhang")))).isEqualTo(1);
    DataSource quoting =
        (DataSource)
            Proxy.newProxyInstance(
                DatabaseJournalTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> quoting(real.getConnection()));
    DatabaseJournal store = DatabaseJournal.open(quoting, "press", Duration.ZERO);
    assertThatThrownBy(() -> store.append(List.of(said("2", NOON, "zhang"))))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContainingAll("SQL state 08006", "Maybe ")
        .hasMessageNotContaining("zhang")
        .rootCause()
        .hasMessageNotContaining("zhang");
  }

  private static Object quoting(Connection real) {
    return Proxy.newProxyInstance(
        DatabaseJournalTest.class.getClassLoader(),
        new Class<?>[] {Connection.class},
        (proxy, method, args) -> {
          if (method.getName().equals("prepareStatement")) {
            throw new SQLException("insert ... ('zhang') was aborted", "08006");
          }
          return method.invoke(real, args);
        });
  }

  @Test
  void aDatabaseThatStaysAwayLosesWhatIsCounted() {
    DataSource real = h2("gone");
    AtomicInteger failures = new AtomicInteger();
    DatabaseJournal store = DatabaseJournal.open(away(real, failures), "press", Duration.ZERO);
    failures.set(Integer.MAX_VALUE);
    try (PredictionJournal journal = journal(store, InputPolicy.NONE, NOON)) {
      journal.record("1", "t", answer(1));
      journal.flush();
      assertThat(journal.dropped()).isEqualTo(1);
    }
    assertThatThrownBy(() -> store.eraseBefore(NOON))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContainingAll("away", "Maybe ");
    for (String name : List.of("", "a b", "press; drop table x", "a.b.c", "ü", "x".repeat(41))) {
      assertThatThrownBy(() -> DatabaseJournal.tables(name)).hasMessageContaining("Maybe ");
    }
  }
}
