package io.millwright.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the rooms of the house apart. A rule whose room is still empty passes, so that the rooms
 * can be built one after the other.
 */
class ArchitectureTest {
  private static final JavaClasses HOUSE = House.classes();

  private static final String[] WITHOUT_ENGINE = {"io.millwright.api..", "io.millwright.runtime.."};

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }

  @Test
  void theHouseIsOnTheClassPath() {
    assertThat(HOUSE.stream().map(JavaClass::getPackageName))
        .contains("io.millwright.api", "io.millwright.scheduling");
  }

  @Test
  void theApiNeedsTheJdkAndJSpecifyOnly() {
    check(
        classes()
            .that()
            .resideInAPackage("io.millwright.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "", "java..", "javax.imageio..", "org.jspecify..", "io.millwright.api.."));
  }

  @Test
  void dataKnowsNothingOfLearningOrPlugins() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.millwright.api.data..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.millwright.api.learn..", "io.millwright.api.spi.."));
  }

  @Test
  void theTestkitNeedsTheApiAndTestLibrariesOnly() {
    check(
        classes()
            .that()
            .resideInAPackage("io.millwright.testkit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "",
                "java..",
                "org.jspecify..",
                "org.junit.jupiter..",
                "org.opentest4j..",
                "org.assertj..",
                "org.apiguardian..",
                "io.millwright.api..",
                "io.millwright.testkit.."));
  }

  static List<String> areas() {
    return House.AREAS;
  }

  @ParameterizedTest
  @MethodSource("areas")
  void aFacadeShowsTypesOfJdkApiAndSharedRoomsOnly(String area) {
    String facade = "io.millwright." + area;
    check(
        classes()
            .that()
            .resideInAPackage(facade)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "",
                "java..",
                "org.jspecify..",
                "io.millwright.api..",
                // The rooms that several areas share (docs/architecture.md).
                "io.millwright.runtime.monitoring",
                "io.millwright.runtime.simulation",
                facade));
  }

  @ParameterizedTest
  @MethodSource("areas")
  void anAreaNeverSeesAnother(String area) {
    String[] others =
        House.AREAS.stream()
            .filter(other -> !other.equals(area))
            .map(other -> "io.millwright." + other + "..")
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage("io.millwright." + area + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others));
  }

  @Test
  void theCoreKnowsNoAreaAndNoSample() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.millwright.api..",
                "io.millwright.runtime..",
                "io.millwright.engine..",
                "io.millwright.solver..",
                "io.millwright.reports..",
                "io.millwright.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                Stream.concat(House.AREAS.stream(), Stream.of("cli", "samples", "testkit"))
                    .map(area -> "io.millwright." + area + "..")
                    .toArray(String[]::new)));
  }

  /** The arrows of the house: each room with the rooms above it, which it must not see. */
  @Test
  void noArrowPointsUp() {
    String[][] rooms = {
      {"api"},
      {"runtime"},
      {"engine", "solver"},
      {"core"},
      {"reports"},
      {"cli", "samples", "benchmarks", "house"},
    };
    for (int low = 0; low < rooms.length; low++) {
      String[] above =
          Stream.of(rooms)
              .skip(low + 1L)
              .flatMap(Stream::of)
              .map(room -> "io.millwright." + room + "..")
              .toArray(String[]::new);
      for (String room : rooms[low]) {
        if (above.length > 0) {
          check(
              noClasses()
                  .that()
                  .resideInAPackage("io.millwright." + room + "..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(above));
        }
      }
    }
  }

  @Test
  void guiceStandsInTheCoreAndItsRoomForPluginsOnly() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.millwright.api..", "io.millwright.runtime..", "io.millwright.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "jakarta.inject.."));
  }

  @ParameterizedTest
  @MethodSource("areas")
  void anAreaSeesPublicPackagesOnly(String area) {
    String[] internal =
        HOUSE.stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .filter(name -> !name.startsWith("io.millwright." + area))
            .filter(
                name ->
                    House.PUBLIC_PACKAGES.values().stream().noneMatch(list -> list.contains(name)))
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage("io.millwright." + area + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(internal));
  }

  @Test
  void onlyOneRoomImportsDjl() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.millwright.engine.pytorch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.."));
  }

  @Test
  void onlyOneRoomImportsTensorFlow() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.millwright.engine.tensorflow..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tensorflow.."));
  }

  @Test
  void onlyTheEngineAndTheEncodersImportOnnxRuntime() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.millwright.engine.onnx..", "io.millwright.text.internal.encode..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime.."));
  }

  @Test
  void whatPredictsNeedsNoEngineNotEvenByWayOfAnother() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(WITHOUT_ENGINE)
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(
                "ai.djl..",
                "org.tensorflow..",
                "ai.onnxruntime..",
                "io.millwright.engine.onnx..",
                "io.millwright.engine.pytorch..",
                "io.millwright.engine.tensorflow.."));
  }

  @Test
  void theRoomsOfTheCoreFormNoCycle() {
    check(slices().matching("io.millwright.core.(*)..").should().beFreeOfCycles());
    check(slices().matching("io.millwright.runtime.(*)..").should().beFreeOfCycles());
  }

  @ParameterizedTest
  @MethodSource("areas")
  void thePackagesOfAnAreaFormNoCycle(String area) {
    check(slices().matching("io.millwright." + area + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void noJavaSerialisation() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                ObjectInputStream.class, ObjectOutputStream.class, Externalizable.class));
    check(
        noClasses()
            .that()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotAssignableTo(Enum.class)
            .should()
            .beAssignableTo(Serializable.class));
  }

  @Test
  void staticFieldsAreFinal() {
    check(fields().that().areStatic().should().beFinal());
  }

  @Test
  void noArrayStandsInAPublicRecord() {
    List<String> publicPackages =
        House.PUBLIC_PACKAGES.values().stream().flatMap(List::stream).toList();
    List<String> arrays =
        HOUSE.stream()
            .filter(
                type ->
                    publicPackages.contains(type.getPackageName())
                        && type.isRecord()
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getFields().stream())
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> field.getRawType().isArray())
            .map(JavaField::getFullName)
            .sorted()
            .toList();
    assertThat(arrays).as("array components: nothing mutable crosses the API").isEmpty();
  }

  @Test
  void librariesDoNotPrint() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.millwright.samples..", "io.millwright.cli..", "io.millwright.house..")
            .should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        HOUSE.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !p.getClasses().isEmpty() && !p.isAnnotatedWith(NullMarked.class))
            .map(p -> p.getName())
            .sorted()
            .toList();
    assertThat(unmarked).as("packages without @NullMarked in package-info.java").isEmpty();
  }

  @Test
  void interfacesHaveAtMostThreeTypeParameters() {
    List<String> gymnasts =
        HOUSE.stream()
            .filter(type -> type.isInterface() && type.getTypeParameters().size() > 3)
            .map(JavaClass::getName)
            .sorted()
            .toList();
    assertThat(gymnasts).isEmpty();
  }

  @Test
  void noSourceIsLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : House.sources()) {
      long lines;
      try (Stream<String> all = Files.lines(source)) {
        lines = all.count();
      }
      if (lines > 500) {
        tooLong.add(House.root().relativize(source) + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).as("sources above 500 lines: give the class a second one").isEmpty();
  }
}
