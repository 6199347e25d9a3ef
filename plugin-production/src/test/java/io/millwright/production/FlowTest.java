package io.millwright.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.production.LogFault.Kind;
import io.millwright.production.internal.flow.Flow;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.tables.Tables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTest {

  private static final FlowAnalysis FLOW = Flow.analysis();

  private static Instant h(double hours) {
    return Instant.parse("2026-03-02T00:00:00Z").plusMillis(Math.round(hours * 3_600_000));
  }

  private static WorkEvent run(String order, String step, String machine, double from, double to) {
    return WorkEvent.of(order, step, machine, h(from), h(to));
  }

  @Test
  void piecesWithoutACountOfRejectsSayNothingAboutQuality() {
    ResourceTime m1 =
        FLOW.analyse(EventLog.of(List.of(run("A", "mill", "M1", 0, 4).counting(10, 9, Double.NaN))))
            .resources()
            .get(0);
    assertThat(m1.good()).isEqualTo(9);
    assertThat(m1.rejected()).isNaN();
    assertThat(UnitElements.of(m1).build().get(UnitElements.Element.PRODUCED_QUANTITY)).isEmpty();
    assertThat(
            new io.millwright.production.internal.indicators.IsoIndicators()
                .of(UnitElements.of(m1).build()))
        .extracting(Indicator::name)
        .doesNotContain("quality ratio", "scrap ratio");
  }

  @Test
  void everyMomentOfAMachineCountsOnce() {
    FlowReport report =
        FLOW.analyse(
            EventLog.of(
                List.of(
                    run("A", "mill", "M1", 0, 4).doing(Work.SETUP),
                    run("A", "mill", "M1", 3, 8),
                    run("B", "mill", "M1", 6, 9),
                    run("B", "mill", "M1", 7, 7.5).doing(Work.DOWN),
                    run("B", "mill", "M1", 20, 22),
                    run("B", "turn", "M2", 9, 10))));
    ResourceTime m1 = report.resources().get(0);
    assertThat(m1.resource()).isEqualTo("M1");
    assertThat(m1.setup()).isEqualTo(3);
    assertThat(m1.down()).isEqualTo(0.5);
    assertThat(m1.run()).isEqualTo(6 - 0.5 + 2);
    assertThat(m1.busy()).isEqualTo(11);
    assertThat(m1.unrecorded()).isEqualTo(11);
    assertThat(m1.overlap()).isCloseTo(4 + 5 + 3 + 0.5 + 2 - 11, within(1e-9));
  }

  /** Random logs against a count of minutes, one by one. */
  @Test
  void timesEqualACountOfMinutes() {
    KeyedRandom random = KeyedRandom.of(5, KeyedRandom.Purpose.OTHER);
    for (int trial = 0; trial < 40; trial++) {
      List<WorkEvent> events = new ArrayList<>();
      int[] states = new int[600];
      for (int e = 0; e < 12; e++) {
        int from = random.nextInt(500);
        int to = from + random.nextInt(100);
        int kind = random.nextInt(3);
        Work work = kind == 0 ? Work.SETUP : kind == 1 ? Work.RUN : Work.DOWN;
        events.add(run("c" + e, "s", "M", from / 60.0, to / 60.0).doing(work));
        for (int m = from; m < to; m++) {
          states[m] = Math.max(states[m], kind + 1);
        }
      }
      ResourceTime time = FLOW.analyse(EventLog.of(events)).resources().get(0);
      int[] minutes = new int[4];
      for (int s : states) {
        minutes[s]++;
      }
      assertThat(time.setup() * 60).isCloseTo(minutes[1], within(1e-6));
      assertThat(time.run() * 60).isCloseTo(minutes[2], within(1e-6));
      assertThat(time.down() * 60).isCloseTo(minutes[3], within(1e-6));
    }
  }

  @Test
  void ordersAreFollowedThroughThePlant() {
    FlowReport report =
        FLOW.analyse(
            EventLog.of(
                List.of(
                    run("A", "turn", "M1", 0, 1),
                    run("A", "grind", "M2", 3, 4),
                    run("A", "turn", "M1", 6, 8),
                    run("B", "turn", "M1", 1, 2),
                    run("B", "grind", "M2", 4, 6))));
    CaseFlow flow = report.flow();
    assertThat(flow.cases()).isEqualTo(2);
    assertThat(flow.leadTimeMean()).isEqualTo((8 + 5) / 2.0);
    assertThat(flow.working()).isEqualTo((4 + 3) / 2.0);
    assertThat(flow.waiting()).isEqualTo((4 + 2) / 2.0);
    assertThat(flow.wip()).isEqualTo(13 / 8.0);
    assertThat(flow.throughput()).isEqualTo(24 * 2 / 8.0);
    assertThat(flow.little()).isCloseTo(1, within(1e-9));
    assertThat(flow.returned()).isEqualTo(1);
    assertThat(report.loops()).containsExactly(new FlowReport.Loop("turn", 1, 2));
    assertThat(report.graph().edges().get(0))
        .isEqualTo(new ProcessGraph.Edge("turn", "grind", 2, 2, 2));
    assertThat(report.variants()).hasSize(2);
  }

  @Test
  void faultsAreNamedAndLeftOut() {
    WorkEvent twice = run("A", "turn", "M1", 0, 1).counting(5, 4, 1);
    FlowReport report =
        FLOW.resources(List.of("M1", "M2"))
            .analyse(
                EventLog.of(
                    List.of(
                        twice,
                        twice,
                        run("B", "turn", "M1", 0.5, 2),
                        run("C", "turn", "M1", 5, 4),
                        run("D", "turn", "M9", 5, 6),
                        run("E", "turn", "M2", 200, 201),
                        run("E", "turn", "M2", 7, 7),
                        run("F", "turn", "M2", 24 * 900, 24 * 900 + 1))));
    Map<Kind, LogFault> faults = new TreeMap<>();
    report.faults().forEach(f -> faults.put(f.kind(), f));
    assertThat(faults.keySet())
        .containsExactlyInAnyOrder(
            Kind.END_BEFORE_START,
            Kind.NO_LENGTH,
            Kind.CLOCK,
            Kind.REPEATED,
            Kind.OVERLAP,
            Kind.GAP,
            Kind.UNKNOWN_RESOURCE);
    assertThat(faults.get(Kind.OVERLAP).hours()).isEqualTo(0.5);
    assertThat(faults.get(Kind.GAP).hours()).isEqualTo(193);
    assertThat(report.used()).isEqualTo(5);
  }

  @Test
  void anEmptyPeriodIsSaid() {
    EventLog log = EventLog.of(List.of(run("A", "turn", "M1", 0, 1)));
    assertThatThrownBy(() -> FLOW.between(h(50), h(60)).analyse(log))
        .hasMessageContaining("TOO_FEW_DATA")
        .hasMessageContaining("\nMaybe");
    assertThatThrownBy(() -> FLOW.between(h(5), h(5))).hasMessageContaining("OUT_OF_RANGE");
    assertThatThrownBy(() -> EventLog.of(List.of())).hasMessageContaining("TOO_FEW_DATA");
    assertThatThrownBy(() -> FLOW.states(List.of())).hasMessageContaining("TOO_FEW_DATA");
  }

  @Test
  void aPeriodCutsRowsAtItsEnds() {
    EventLog log = EventLog.of(List.of(run("A", "t", "M1", 0, 10), run("B", "t", "M1", 12, 30)));
    FlowReport report = FLOW.between(h(5), h(20)).analyse(log);
    assertThat(report.resources().get(0).run()).isEqualTo(5 + 8);
    assertThat(report.flow().wip()).isEqualTo(13 / 15.0);
    assertThat(report.flow().leadTimeMean()).isEqualTo(10);
    assertThat(report.rows()).isEqualTo(2);
  }

  @Test
  void aRowBeyondThePeriodBringsThePiecesOfItsPart() {
    EventLog log =
        EventLog.of(
            List.of(
                run("A", "t", "M1", 0, 10).counting(100, 80, 20),
                run("B", "t", "M1", 12, 30).counting(36, 36, 0),
                run("C", "t", "M1", 30, 40).counting(7, 7, 0)));
    ResourceTime m1 = FLOW.between(h(5), h(30)).analyse(log).resources().get(0);
    assertThat(m1.events()).isEqualTo(2);
    assertThat(m1.good()).isEqualTo(40 + 36);
    assertThat(m1.rejected()).isEqualTo(10);
  }

  @Test
  void xesIsReadAndNothingElse(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("log.xes");
    Files.writeString(
        file,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xmlns="http://www.xes-standard.org/">
          <trace><string key="concept:name" value="A"/>
            <event><string key="concept:name" value="turn"/><string key="org:resource" value="M1"/>
              <string key="lifecycle:transition" value="start"/><date key="time:timestamp" value="2026-03-02T00:00:00.000+01:00"/></event>
            <event><string key="concept:name" value="turn"/><string key="org:resource" value="M1"/>
              <string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="2026-03-02T02:00:00.000+01:00"/></event>
          </trace>
          <trace><string key="concept:name" value="B"/>
            <event><string key="concept:name" value="turn"/><string key="org:resource" value="M1"/>
              <date key="time:timestamp" value="2026-03-02T03:00:00Z"/></event>
          </trace>
        </log>
        """);
    EventLog log = FLOW.readXes(file);
    assertThat(log.events()).hasSize(2);
    assertThat(log.events().get(0).hours()).isEqualTo(2);
    assertThat(log.events().get(0).caseId()).isEqualTo("A");
    Path hostile = folder.resolve("hostile.xes");
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "secret words");
    Files.writeString(
        hostile,
        "<!DOCTYPE log [<!ENTITY x SYSTEM \""
            + secret.toUri()
            + "\">]><log><trace>"
            + "<string key=\"concept:name\" value=\"&x;\"/></trace></log>");
    assertThatThrownBy(() -> FLOW.readXes(hostile))
        .hasMessageContaining("BAD_FILE")
        .hasMessageNotContaining("secret words");
    Path torn = folder.resolve("torn.xes");
    Files.writeString(torn, Files.readString(file).substring(0, 400));
    assertThatThrownBy(() -> FLOW.readXes(torn))
        .hasMessageContaining("BAD_FILE")
        .hasMessageContaining("line")
        .hasMessageContaining("\nMaybe");
  }

  private static Path data(String name) {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    Path file = Path.of(data, name);
    assumeTrue(Files.isRegularFile(file), file + " is not there");
    return file;
  }

  /** Busy hours as the data's README has them, and every figure again by a count of minutes. */
  @Test
  void theMachiningShop() throws IOException {
    Path file = data("production-log/production_log_2012-01_02.csv.gz");
    Table table = Tables.reader().read(file, CsvFormat.guessed()).table();
    FlowReport report = FLOW.analyse(FLOW.read(table, LogColumns.usual()));
    List<String> first = report.resources().stream().map(ResourceTime::resource).toList();
    assertThat(first.subList(0, 8))
        .containsExactly(
            "Machine 4 - Turning & Milling",
            "Machine 5 - Turning & Milling",
            "Machine 10 - Grinding",
            "Machine 6 - Turning & Milling",
            "Machine 3 - Round Grinding",
            "Machine 9 - Turning & Milling",
            "Machine 2 - Round Grinding",
            "Machine 8 - Turning & Milling");
    double[] busy = {987, 825, 778, 768, 683, 661, 617, 531};
    for (int i = 0; i < busy.length; i++) {
      assertThat(report.resources().get(i).busy()).isCloseTo(busy[i], within(0.6));
    }
    Map<String, TreeSet<Long>> minutes = new TreeMap<>();
    Map<String, TreeSet<Long>> setups = new TreeMap<>();
    int none = 0;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",", -1);
        if (cells[3].isEmpty()) {
          none++;
          continue;
        }
        long from = LocalDateTime.parse(cells[3]).toEpochSecond(ZoneOffset.UTC) / 60;
        long to = LocalDateTime.parse(cells[4]).toEpochSecond(ZoneOffset.UTC) / 60;
        var into = cells[9].equals("S") ? setups : minutes;
        TreeSet<Long> set = into.computeIfAbsent(cells[2], m -> new TreeSet<>());
        for (long m = from; m < to; m++) {
          set.add(m);
        }
      }
    }
    for (ResourceTime r : report.resources()) {
      TreeSet<Long> worked = minutes.getOrDefault(r.resource(), new TreeSet<>());
      TreeSet<Long> setup = setups.getOrDefault(r.resource(), new TreeSet<>());
      setup.removeAll(worked);
      assertThat(60 * (r.run() + r.down())).as(r.resource()).isCloseTo(worked.size(), within(0.5));
      assertThat(60 * r.setup()).as(r.resource()).isCloseTo(setup.size(), within(0.5));
    }
    int told =
        report.faults().stream()
            .filter(f -> f.kind() == Kind.NO_TIME)
            .mapToInt(LogFault::count)
            .sum();
    assertThat(told).isEqualTo(none);
    assertThat(report.flow().waiting()).isGreaterThan(3 * report.flow().working());
    assertThat(report.flow().reworked()).isPositive();
  }

  @Test
  void theMachineStates() {
    Path file = data("machine-states/machine_states.csv.gz");
    Table table = Tables.reader().read(file, CsvFormat.guessed()).table();
    StateReport report = FLOW.states(StateColumns.usual().read(table));
    double[] pieces = {9377, 9530, 10326};
    double[][] shares = {{0.03, 0.97, 0}, {0.534, 0.461, 0.005}, {0.445, 0.535, 0.020}};
    assertThat(report.spacing().toMinutes()).isEqualTo(5);
    for (int m = 0; m < 3; m++) {
      StateReport.MachineStates states = report.machines().get(m);
      assertThat(states.pieces()).isEqualTo(pieces[m]);
      for (int s = 0; s < 3; s++) {
        assertThat(states.share(Integer.toString(s + 1)))
            .isCloseTo(shares[m][s], within(m == 0 ? 0.005 : 0.0005));
      }
      assertThat(states.absentSlots()).isPositive();
    }
  }
}
