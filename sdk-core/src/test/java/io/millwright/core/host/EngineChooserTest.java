package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millwright.api.EnginePolicy;
import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineChooserTest {

  private static final long SMALL = 1_000;
  private static final long LARGE = EngineChooser.JAVA_LIMIT + 1;

  /** An engine that computes nothing but knows whether it was started. */
  private static final class FakeEngine implements Engine {
    private final String name;
    private final boolean usable;
    private final List<String> devices;
    private int starts;

    FakeEngine(String name, boolean usable, String... devices) {
      this.name = name;
      this.usable = usable;
      this.devices = List.of(devices);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Probe probe(Setup setup) {
      starts++;
      if (!usable && devices.isEmpty()) {
        throw new UnsatisfiedLinkError("libfake.so");
      }
      return new Probe(
          EngineReport.Candidate.builder()
              .name(name)
              .version("9.9")
              .trains(true)
              .usable(usable)
              .detail(usable ? "ok" : "too old")
              .build(),
          devices,
          List.of(new EngineReport.Setting("OMP_NUM_THREADS", "1", "Millwright")));
    }

    @Override
    public ForwardPass open(NetworkPlan plan, Weights weights, String device) {
      throw new AssertionError("not asked to open");
    }

    @Override
    public TrainingSession train(NetworkPlan plan, Objective objective, String device) {
      throw new AssertionError("not asked to train");
    }
  }

  private static EngineChooser chooser(EnginePolicy policy, Engine... engines) {
    return new EngineChooser(
        new Engine.Setup(policy, Optional.empty()), new EngineCatalog(List.of(engines), List.of()));
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String... says) {
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(call)
        .withMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(List.of(says)).allMatch(e.getMessage()::contains));
  }

  @Test
  void withoutEnginesJavaPredictsAndTrainingNamesWhatToAdd() {
    EngineChooser chooser = chooser(EnginePolicy.automatic());
    assertThat(chooser.prediction(SMALL).name()).isEqualTo("Java");
    assertThat(chooser.prediction(LARGE).name()).isEqualTo("Java");
    fails(chooser::training, ErrorCode.NO_ENGINE, "io.millwright:millwright-pytorch-");
    EngineReport report = chooser.report();
    assertThat(report.training()).isEqualTo("none");
    assertThat(report.prediction()).isEqualTo("Java");
    assertThat(report.ruleTable()).isEqualTo("3");
    assertThat(report.reasons()).anyMatch(r -> r.startsWith("P3"));
    assertThat(chooser.findings()).hasSize(1);
    assertThat(chooser.facts()).containsEntry("engine", "none");
  }

  @Test
  void theOrderIsThatOfTheRulesNotOfTheClassPath() {
    FakeEngine tensorFlow = new FakeEngine("TensorFlow", true, "cpu");
    FakeEngine pyTorch = new FakeEngine("PyTorch", true, "cpu");
    EngineChooser chooser = chooser(EnginePolicy.automatic(), tensorFlow, pyTorch);
    assertThat(chooser.training().name()).isEqualTo("PyTorch");
    assertThat(tensorFlow.starts).isZero();
    assertThat(chooser.report().training()).isEqualTo("PyTorch");
    assertThat(tensorFlow.starts).isEqualTo(1);
    chooser.report();
    assertThat(pyTorch.starts).isEqualTo(1);
  }

  @Test
  void aSmallNetworkPredictsWithoutStartingAnEngine() {
    FakeEngine pyTorch = new FakeEngine("PyTorch", true, "cpu", "gpu 0: Fake");
    EngineChooser chooser = chooser(EnginePolicy.automatic(), pyTorch);
    assertThat(chooser.prediction(EngineChooser.JAVA_LIMIT).name()).isEqualTo("Java");
    assertThat(pyTorch.starts).isZero();
    assertThat(chooser.prediction(LARGE).name()).isEqualTo("PyTorch");
    assertThat(chooser.prediction(LARGE).device()).isEqualTo("gpu 0: Fake");
    assertThat(chooser.report().reasons())
        .anyMatch(r -> r.startsWith("P2") && r.contains("2000000"));
  }

  @Test
  void aBrokenEngineIsPassedOverAndExplained() {
    FakeEngine broken = new FakeEngine("PyTorch", false);
    FakeEngine old = new FakeEngine("Old", false, "cpu");
    FakeEngine tensorFlow = new FakeEngine("TensorFlow", true, "cpu");
    EngineChooser chooser = chooser(EnginePolicy.automatic(), broken, old, tensorFlow);
    assertThat(chooser.training().name()).isEqualTo("TensorFlow");
    assertThat(chooser.report().candidates())
        .anySatisfy(
            c -> {
              assertThat(c.name()).isEqualTo("PyTorch");
              assertThat(c.usable()).isFalse();
              assertThat(c.detail()).contains("libfake.so").contains("millwright-pytorch-");
            })
        .anyMatch(c -> c.name().equals("Java") && c.usable() && !c.trains());
    fails(
        () -> chooser(EnginePolicy.automatic(), broken).training(),
        ErrorCode.NO_ENGINE,
        "libfake.so");
  }

  @Test
  void whatWasPassedOverStandsInTheReasons() {
    FakeEngine broken = new FakeEngine("PyTorch", false);
    FakeEngine tensorFlow = new FakeEngine("TensorFlow", true, "cpu", "gpu 0: Fake");
    FakeEngine onCpu = new FakeEngine("PyTorch", true, "cpu");
    assertThat(chooser(EnginePolicy.automatic(), broken, tensorFlow).report().reasons())
        .anyMatch(r -> r.startsWith("T1: TensorFlow"))
        .anyMatch(r -> r.startsWith("T3: PyTorch was passed over") && r.contains("libfake.so"));
    assertThat(chooser(EnginePolicy.automatic().requireGpu(), onCpu, tensorFlow).report().reasons())
        .anyMatch(r -> r.startsWith("T3: PyTorch") && r.contains("no such device"));
    assertThat(chooser(EnginePolicy.automatic(), onCpu, tensorFlow).report().reasons())
        .noneMatch(r -> r.startsWith("T3"));
    fails(
        () ->
            chooser(EnginePolicy.automatic().withEngine("PyTorch"), broken, tensorFlow).training(),
        ErrorCode.NO_ENGINE,
        "libfake.so");
  }

  @Test
  void aGpuIsTakenWhenPresentUnlessTheCpuIsDemanded() {
    FakeEngine engine = new FakeEngine("PyTorch", true, "cpu", "gpu 0: Fake", "gpu 1: Fake");
    assertThat(chooser(EnginePolicy.automatic(), engine).training().device())
        .isEqualTo("gpu 0: Fake");
    assertThat(chooser(EnginePolicy.automatic().cpuOnly(), engine).training().device())
        .isEqualTo("cpu");
    assertThat(chooser(EnginePolicy.automatic().onGpu(1), engine).training().device())
        .isEqualTo("gpu 1: Fake");
    assertThat(chooser(EnginePolicy.automatic(), engine).report().reasons())
        .anyMatch(r -> r.startsWith("D3"));
  }

  @Test
  void aRequiredGpuIsNeverReplacedInSilence() {
    FakeEngine cpu = new FakeEngine("PyTorch", true, "cpu");
    FakeEngine gpu = new FakeEngine("TensorFlow", true, "cpu", "gpu 0: Fake");
    EnginePolicy required = EnginePolicy.automatic().requireGpu();
    fails(() -> chooser(required, cpu).training(), ErrorCode.NO_GPU, "PYTORCH_LIBRARY_PATH");
    fails(() -> chooser(required, cpu).prediction(SMALL), ErrorCode.NO_GPU);
    fails(() -> chooser(required.onGpu(1), gpu).training(), ErrorCode.NO_GPU, "number 1");
    assertThat(chooser(required, cpu).findings().get(0).code()).isEqualTo(ErrorCode.NO_GPU);
    assertThat(chooser(required, cpu).report().prediction()).isEqualTo("none");
    EngineChooser both = chooser(required, cpu, gpu);
    assertThat(both.training().name()).isEqualTo("TensorFlow");
    assertThat(both.prediction(SMALL).device()).isEqualTo("gpu 0: Fake");
  }

  @Test
  void aDemandedEngineIsTheOnlyOneStarted() {
    FakeEngine pyTorch = new FakeEngine("PyTorch", true, "cpu");
    FakeEngine tensorFlow = new FakeEngine("TensorFlow", true, "cpu");
    EngineChooser chooser =
        chooser(EnginePolicy.automatic().withEngine("tensorflow"), pyTorch, tensorFlow);
    assertThat(chooser.training().name()).isEqualTo("TensorFlow");
    assertThat(chooser.prediction(SMALL).name()).isEqualTo("TensorFlow");
    chooser.report();
    assertThat(pyTorch.starts).isZero();
    fails(
        () -> chooser(EnginePolicy.automatic().withEngine("Theano"), pyTorch).training(),
        ErrorCode.NO_ENGINE,
        "Theano",
        "PyTorch");
    fails(
        () -> chooser(EnginePolicy.automatic().withEngine("Theano"), pyTorch).prediction(SMALL),
        ErrorCode.NO_ENGINE,
        "Theano");
  }

  @Test
  void demandedJavaPredictsWithoutEngineAndSaysThatItDoesNotTrain() {
    FakeEngine pyTorch = new FakeEngine("PyTorch", true, "cpu");
    EngineChooser chooser = chooser(EnginePolicy.automatic().withEngine("Java"), pyTorch);
    assertThat(chooser.prediction(LARGE).name()).isEqualTo("Java");
    fails(chooser::training, ErrorCode.NO_ENGINE, "does not train");
    chooser.report();
    assertThat(pyTorch.starts).isZero();
    fails(
        () ->
            chooser(EnginePolicy.automatic().withEngine("Java").requireGpu(), pyTorch)
                .prediction(SMALL),
        ErrorCode.NO_GPU);
  }
}
