package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.data.Unit;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Mix;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.documents.Documents;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Dispatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {

  private final ShopDocuments documents = new Documents();
  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static Schedule plan(Shop shop) {
    Floor floor = new Floor(shop);
    Goal goal = new Goal(List.of(Objectives.makespan()), floor);
    Plan plan = new Dispatch(floor, Rule.ATC, 1, 0, new Draws(1)).run();
    return new Timetable(floor, goal).schedule(plan);
  }

  @Test
  void conditionsComeBackAsTheyWere() {
    Machine m =
        Machine.builder("m")
            .oven(new Oven(1, 4))
            .setups(new Setup("x", "y", 2).needing(new Need("fitter", 1)))
            .build();
    Machine n = Machine.builder("n").campaign(5).mixes(new Mix("roof", 1, 3)).build();
    Operation first =
        Operation.builder("1", List.of(Alternative.of("m", 3)))
            .flows(Flow.takes("steel", 2), new Flow("chips", 0, 1))
            .build();
    Operation second =
        Operation.builder("2", List.of(Alternative.of("n", 3)))
            .after("1")
            .lags(Lag.noWait("1"), Lag.afterStart("1", 1).within(9))
            .options("roof")
            .build();
    Shop shop =
        Shop.builder("all", List.of(m, n), List.of(ShopJob.of("a", List.of(first, second))))
            .resources(List.of(Resource.of("fitter", 1)))
            .stocks(
                Stock.of("steel", 2), Stock.tank("chips", 0, 8).supplied(new Stock.Supply(4, 1)))
            .build();
    assertThat(shop.findings()).isEmpty();
    assertThat(documents.shop("other", documents.json(shop))).isEqualTo(shop);
  }

  @Test
  void ordersSayWhatTheyTakeAndHowLongTheyWait() throws IOException {
    Path file = folder.resolve("orders.csv");
    Files.writeString(
        file,
        """
        job,operation,machine,duration,takes,makes,max_wait,options
        a,cast,m,3,steel:2,,,
        a,roll,n,2,,coil:4,5,hot|wide
        """);
    Operation cast =
        Operation.builder("cast", List.of(Alternative.of("m", 3)))
            .flows(Flow.takes("steel", 2))
            .build();
    Operation roll =
        Operation.builder("roll", List.of(Alternative.of("n", 2)))
            .after("cast")
            .lags(Lag.after("cast", 0).within(5))
            .flows(Flow.makes("coil", 4))
            .options("hot", "wide")
            .build();
    Shop shop = documents.read(file);
    assertThat(shop.jobs()).containsExactly(ShopJob.of("a", List.of(cast, roll)));
    assertThat(shop.stocks()).containsExactly(Stock.of("steel", 0), Stock.of("coil", 0));
    Files.writeString(
        file, "job,operation,machine,duration,takes,max_wait\na,cast,m,3,steel:x,soon\n");
    assertThatThrownBy(() -> documents.read(file))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("2 problems")
        .hasMessageContaining("stock:amount")
        .hasMessageContaining("soon");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aShopComesBackAsItWas(int seed) {
    Shop shop = RandomShops.mixed(seed, 1 + seed % 7, 4);
    assertThat(documents.shop("other", documents.json(shop))).isEqualTo(shop);

    Schedule plan = plan(shop);
    Assignment first = plan.assignments().get(0);
    Shop more =
        shop.withDraft(plan)
            .withPins(
                List.of(Pin.at(first.job(), first.operation(), first.machine(), first.start())))
            .startingAt(seed % 3);
    assertThat(documents.shop("other", documents.json(more))).isEqualTo(more);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPlanComesBackAsItWas(int seed) {
    Shop shop = RandomShops.mixed(seed, 1 + seed % 7, 4);
    Schedule plan = plan(shop);
    String json = documents.json(shop, plan, List.of());
    assertThat(documents.plan(shop, json)).isEqualTo(plan);
    assertThat(documents.check(shop, json)).isEmpty();
    // What follows from the shop may be left out.
    String bare = json.replaceAll("\"setup\":\\d+, ", "").replaceAll(", \"end\":\\d+", "");
    assertThat(bare).doesNotContain("\"end\"").doesNotContain("\"setup\"");
    assertThat(documents.plan(shop, bare).makespan()).isEqualTo(plan.makespan());
    assertThat(documents.check(shop, bare)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ordersComeBackFromATable(int seed) throws IOException {
    Shop shop = RandomShops.mixed(seed, 1 + seed % 7, 4);
    Path file = folder.resolve("orders.csv");
    Files.writeString(file, table(shop));
    assertThat(documents.jobs(file, shop)).isEqualTo(shop);
    assertThat(documents.read(file).jobs()).isEqualTo(shop.jobs());
    assertThat(documents.read(file).findings()).isEmpty();
  }

  private static String table(Shop shop) {
    StringBuilder out =
        new StringBuilder(
            "job,operation,machine,duration,per_piece,after,family,needs,release,due,weight,quantity\n");
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        for (Alternative a : o.alternatives()) {
          String after = o.after().isEmpty() ? "-" : String.join("|", o.after());
          String needs =
              o.needs().stream()
                  .map(n -> n.resource() + ":" + n.amount())
                  .collect(Collectors.joining("|"));
          out.append(
              String.join(
                  ",",
                  j.id(),
                  o.id(),
                  a.machine(),
                  "" + a.duration(),
                  "" + a.perPiece(),
                  after,
                  o.family().orElse(""),
                  needs,
                  "" + j.release(),
                  j.due().isPresent() ? "" + j.due().getAsLong() : "",
                  "" + j.weight(),
                  "" + j.quantity()));
          out.append('\n');
        }
      }
    }
    return out.toString();
  }

  /** A tank farm's worth of tools never runs short, whatever the number says. */
  @Test
  void aCapacityMayBeAsLargeAsItLikes() {
    String shop =
        "{\"machines\": [{\"id\": \"m\"}], \"resources\": [{\"id\": \"air\", \"capacity\": %s}],"
            + " \"jobs\": [{\"id\": \"a\", \"operations\": [{\"id\": \"1\", \"needs\":"
            + " [{\"resource\": \"air\"}], \"alternatives\": [{\"machine\": \"m\", \"duration\":"
            + " 3}]}]}]}";
    Shop large = documents.shop("s", String.format(shop, "1000000000000000"));
    assertThat(large.resources().get(0).capacity()).isEqualTo(Integer.MAX_VALUE);
    assertThat(documents.shop("s", documents.json(large))).isEqualTo(large);
    assertThatThrownBy(() -> documents.shop("s", String.format(shop, "-5000000000")).checked())
        .hasMessageContaining("must be at least 1");
  }

  @Test
  void aShortTextIsEnough() {
    Shop shop =
        documents.shop(
            "line 2",
            """
            {"machines": [{"id": "saw", "shifts": {"period": 100, "open": [{"from": 0, "to": 60}], "periods": 2},
                           "closed": [{"from": 500}]}, {"id": "mill"}],
             "resources": [{"id": "crew"}],
             "jobs": [{"id": "a", "operations": [
               {"id": "cut", "alternatives": [{"machine": "saw", "duration": 5}], "needs": [{"resource": "crew"}]},
               {"id": "bore", "alternatives": [{"machine": "mill", "duration": 7}]},
               {"id": "label", "alternatives": [{"machine": "mill", "duration": 1}], "after": []}]}]}
            """);
    assertThat(shop.findings()).isEmpty();
    assertThat(shop.name()).isEqualTo("line 2");
    assertThat(shop.tick()).isEqualTo(Unit.of("min"));
    assertThat(shop.machines().get(0).calendar().rests(0, 600))
        .containsExactly(
            new Window(60, 100),
            new Window(160, 200),
            new Window(260, 300),
            new Window(360, 400),
            new Window(460, 600));
    List<Operation> steps = shop.jobs().get(0).operations();
    assertThat(steps.get(0).needs()).containsExactly(new Need("crew", 1));
    assertThat(steps.get(1).after()).containsExactly("cut");
    assertThat(steps.get(2).after()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          {"machines": [],\\n "jobs": [], "jbos": 1}! line 2, column 14 ! $.jbos ! no such field
          {"machines": [],\\n\\n "jobs": [{"id": 5}]}! line 3, column 18 ! $.jobs[0].id ! VALUE_STRING
          {"machines": [{"id": "m",\\n "closed": [{"from": 0.5}]}], "jobs": []}! line 2 ! $.machines[0].closed[0].from ! VALUE_NUMBER_INT
          {"machines": [{}],\\n "jobs": []}! line 1 ! $.machines[0] ! id
          {"machines": [],\\n\\n\\n "jobs": [}! line 4 ! JSON ! }
          {"format": "millwright-shop 2", "machines": [], "jobs": []}! format ! millwright-shop 2 ! later version
          {"machines": [{"id": "m", "closed": [{"from": 9, "to": 3}]}], "jobs": []}! window from 9 to 3 ! empty ! swap
          """)
  void anErrorNamesItsLineAndField(String json, String one, String two, String three) {
    assertThatThrownBy(() -> documents.shop("s", json.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContaining(one)
        .hasMessageContaining(two)
        .hasMessageContaining(three)
        .hasMessageContaining("Maybe ");
  }

  @Test
  void whatNoCalendarOrLagCanBeIsSaidAtItsPlaceAndAtOnce() {
    String json =
        """
        {"machines": [{"id": "saw", "closed": [{"from": 9, "to": 4}]},
                      {"id": "mill", "shifts": {"period": 0, "open": []}}],
         "resources": [{"id": "crew", "closed": [{"from": 3, "to": 3}]}],
         "jobs": [{"id": "a", "operations": [
           {"id": "1", "alternatives": [{"machine": "saw", "duration": 2}]},
           {"id": "2", "alternatives": [{"machine": "saw", "duration": 2}],
            "lags": [{"operation": "1", "from": "never"}]}]}]}
        """;
    assertThatThrownBy(() -> documents.shop("odd", json))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> {
              assertThat(e.findings())
                  .extracting(Finding::place)
                  .containsExactly(
                      "machine saw", "machine mill", "resource crew", "job a, operation 2");
              assertThat(e.findings()).allMatch(f -> !f.remedy().isBlank());
            });
  }

  @Test
  void whereThereAreNoMachinesNoneIsProposed() {
    Shop shop =
        documents.shop(
            "bare",
            """
            {"machines": [], "jobs": [{"id": "a", "operations": [
              {"id": "1", "alternatives": [{"machine": "saw", "duration": 2}]}]}]}
            """);
    assertThat(shop.findings())
        .filteredOn(f -> f.message().contains("unknown machine"))
        .extracting(Finding::remedy)
        .containsExactly("add it to the machines, of which there are none");
  }

  @Test
  void aTableSaysAllThatIsWrongAtOnce() throws IOException {
    Path file = folder.resolve("orders.csv");
    Files.writeString(
        file,
        """
        job,operation,machine,duration,needs,due,weight
        a,cut,saw,5.5,crew:x,noon,1
        a,cut,saw 2,5,,,2
        b,,saw,7,,,heavy
        """);
    assertThatThrownBy(() -> documents.read(file))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e ->
                assertThat(e.findings())
                    .extracting(Finding::place)
                    .containsExactly(
                        "row 1, column \"duration\"",
                        "row 1, column \"due\"",
                        "row 1, column \"needs\"",
                        "row 2, column \"weight\"",
                        "row 3, column \"operation\"",
                        "row 3, column \"weight\""));
    Files.writeString(file, "job,operation,machine,duration,due\na,x,m,3,27.11.2026\n");
    assertThatThrownBy(() -> documents.read(file))
        .hasMessageContaining("\"27.11.2026\" is not a whole number")
        .hasMessageContaining("Maybe count dates in ticks");
    Files.writeString(file, "job,machine,durations\na,b,c\n");
    assertThatThrownBy(() -> documents.read(file))
        .hasMessageContaining("column \"durations\"")
        .hasMessageContaining("column \"operation\"")
        .hasMessageContaining("column \"duration\"");
  }

  @Test
  void theContentTellsTheFormat() throws IOException {
    Shop shop = RandomShops.mixed(3, 4, 3);
    Path packed = folder.resolve("line.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(documents.json(shop).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(documents.read(packed)).isEqualTo(shop);
    Path numbers = folder.resolve("ft02.txt");
    Files.writeString(numbers, "2 2\n0 3 1 2\n1 4 0 1\n");
    assertThat(documents.read(numbers).name()).isEqualTo("ft02");
    assertThat(documents.read(numbers).permutation()).isFalse();
  }

  @Test
  void foreignPlansAreToldEveryBrokenRule() {
    Shop shop =
        Shop.of(
            "two",
            List.of(Machine.of("m").changing(List.of(new Setup("x", "y", 4)))),
            List.of(
                ShopJob.chain("a", Operation.of("1", Alternative.of("m", 5)).ofFamily("x")),
                ShopJob.chain("b", Operation.of("1", Alternative.of("m", 5)).ofFamily("y"))));
    String head = "{\"assignments\": [{\"job\": \"a\", \"operation\": \"1\", \"machine\": \"m\", ";
    String next = "{\"job\": \"b\", \"operation\": \"1\", \"machine\": \"m\", ";
    assertThat(documents.check(shop, head + "\"start\": 0}, " + next + "\"start\": 9}]}"))
        .isEmpty();
    assertThat(documents.plan(shop, head + "\"start\": 0}, " + next + "\"start\": 9}]}"))
        .isEqualTo(
            new Schedule(
                List.of(
                    new Assignment("a", "1", "m", 0, 0, 5),
                    new Assignment("b", "1", "m", 4, 9, 14))));
    String bad = head + "\"start\": 0, \"end\": 6}, " + next + "\"start\": 7}, ";
    bad += "{\"job\": \"c\", \"operation\": \"1\", \"machine\": \"z\", \"start\": 1}],";
    bad +=
        "\"objectives\": [{\"name\": \"makespan\", \"value\": 11}, {\"name\": \"beauty\","
            + " \"value\": 1}]}";
    assertThat(documents.check(shop, bad))
        .extracting(f -> f.place() + ": " + f.message())
        .containsExactly(
            "job c, operation 1: is not in the shop",
            "job a, operation 1: ends at 6, but started at 0 it ends at 5",
            "job b, operation 1: starts at 7 on m, which is ready at 10",
            "objectives: makespan is said to be 11.0, but is 12.0");
  }

  @Test
  void objectivesStandBesideThePlan() {
    Shop shop = RandomShops.mixed(5, 3, 2);
    Schedule plan = plan(shop);
    ObjectiveValue value =
        ObjectiveValue.builder()
            .name("makespan")
            .value((double) plan.makespan())
            .unit(shop.tick())
            .bound(OptionalDouble.of(1))
            .foundBy("me")
            .provedBy("you")
            .build();
    String json = documents.json(shop, plan, List.of(value));
    assertThat(json).contains("\"makespan\"").contains("\"foundBy\":\"me\"");
    assertThat(documents.check(shop, json)).isEmpty();
    assertThat(documents.plan(shop, json)).isEqualTo(plan);
  }
}
