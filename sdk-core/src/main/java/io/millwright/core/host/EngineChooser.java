package io.millwright.core.host;

import io.millwright.api.EnginePolicy;
import io.millwright.api.EnginePolicy.DeviceDemand;
import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.NetworkPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the written rule table (docs/engines.md) to the engines there are. Nothing is timed, and
 * an engine is started only when a rule has to look at it. Thread-safe.
 */
final class EngineChooser {

  private static final Logger LOG = LoggerFactory.getLogger(EngineChooser.class);

  /** The version of the rules; raised when one changes. */
  static final String RULES = "3";

  /** The plain-Java runtime's name. */
  static final String JAVA = "Java";

  /** The work of one prediction, in weights times steps, up to which plain Java does it. */
  static final long JAVA_LIMIT = 2_000_000;

  private static final String CPU = "cpu";
  private static final List<String> ORDER = List.of("PyTorch", "TensorFlow");

  /**
   * What computes one thing.
   *
   * @param engine the engine, or empty for the plain-Java runtime
   * @param name its name, {@code Java} for the plain-Java runtime
   * @param device one of the devices of the engine's probe
   */
  record Choice(Optional<Engine> engine, String name, String device) {}

  /** An engine that can be used, with the device the policy allows on it. */
  private record Usable(Engine engine, String device) {
    Choice choice() {
      return new Choice(Optional.of(engine), engine.name(), device);
    }
  }

  private final EnginePolicy policy;
  private final Engine.Setup setup;
  private final NativeGate gate;
  private final Consumer<MillwrightEvent> events;
  private final List<Engine> engines;
  private final List<EngineReport.Candidate> broken;
  private final IdentityHashMap<Engine, Engine.Probe> probes = new IdentityHashMap<>();
  private boolean warned;

  EngineChooser(Engine.Setup setup, EngineCatalog catalog) {
    this(setup, catalog, NativeGate.open(), event -> {});
  }

  /**
   * A chooser.
   *
   * @param gate through which native code is called
   * @param events told of engines that start
   */
  EngineChooser(
      Engine.Setup setup,
      EngineCatalog catalog,
      NativeGate gate,
      Consumer<MillwrightEvent> events) {
    this.policy = setup.policy();
    this.setup = setup;
    this.gate = gate;
    this.events = events;
    this.engines =
        catalog.engines().stream().sorted(Comparator.comparingInt(e -> rank(e.name()))).toList();
    this.broken = catalog.broken();
  }

  static EngineChooser discover(
      Engine.Setup setup, NativeGate gate, Consumer<MillwrightEvent> events) {
    return new EngineChooser(
        setup, EngineCatalog.of(EngineChooser.class.getClassLoader()), gate, events);
  }

  /** Tells that a choice is put to work. */
  void tell(Choice choice, boolean training) {
    events.accept(new MillwrightEvent.EngineChosen(choice.name(), choice.device(), training));
  }

  /** Tells that an engine has taken weights over, or given them back. */
  void tell(Choice choice, boolean training, long bytes) {
    events.accept(
        new MillwrightEvent.EngineMemory(choice.name(), choice.device(), training, bytes));
  }

  /** Where native libraries are unpacked, or empty for the engine's own place. */
  Optional<Path> nativeCache() {
    return setup.nativeCache();
  }

  /** Through which native code is called. */
  NativeGate gate() {
    return gate;
  }

  private static int rank(String name) {
    int at = ORDER.indexOf(name);
    return at < 0 ? ORDER.size() : at;
  }

  /** Whether the policy lets this engine be started at all. */
  private boolean allowed(String name) {
    return policy.engine().map(name::equalsIgnoreCase).orElse(true);
  }

  private boolean demandsJava() {
    return policy.engine().map(JAVA::equalsIgnoreCase).orElse(false);
  }

  private Engine.Probe probe(Engine engine) {
    Engine.Probe known = probes.get(engine);
    if (known != null) {
      return known;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Engine.Probe probe;
    try {
      // Engine libraries look for their parts through the thread's loader.
      thread.setContextClassLoader(EngineChooser.class.getClassLoader());
      gate.hold(engine);
      probe = gate.call(() -> engine.probe(setup));
    } catch (LinkageError | RuntimeException e) {
      probe =
          new Engine.Probe(
              EngineReport.Candidate.builder()
                  .name(engine.name())
                  .trains(true)
                  .detail("it did not start: " + e + "; " + EngineCatalog.remedy(engine.name()))
                  .build(),
              List.of(),
              List.of());
    } finally {
      thread.setContextClassLoader(before);
    }
    LOG.debug("Engine {}: {}, devices {}", engine.name(), probe.candidate(), probe.devices());
    probes.put(engine, probe);
    events.accept(
        new MillwrightEvent.EngineStarted(
            engine.name(),
            probe.candidate().version(),
            probe.candidate().usable(),
            probe.candidate().detail()));
    return probe;
  }

  /** The device of an engine that the policy asks for, or empty when it has none such. */
  private Optional<String> device(Engine.Probe probe) {
    String wanted = "gpu " + policy.gpu().orElse(0);
    Optional<String> gpu =
        probe.devices().stream()
            .filter(d -> d.equals(wanted) || d.startsWith(wanted + ":"))
            .findFirst();
    return switch (policy.device()) {
      case CPU -> Optional.of(CPU);
      case GPU_REQUIRED -> gpu;
      case BEST -> Optional.of(gpu.orElse(CPU));
    };
  }

  /**
   * Rules T1 to T3: the first engine in order that can be used, trains and has the device. That an
   * engine before it was passed over is said once, since a user may count on that one.
   */
  private Optional<Usable> trainer() {
    Optional<Usable> found = first(true);
    if (found.isPresent() && !warned) {
      warned = true;
      passedOver(found.get().engine())
          .forEach(
              c ->
                  LOG.warn(
                      "{} trains, since {} cannot be used: {}",
                      found.get().engine().name(),
                      c.name(),
                      c.detail()));
    }
    return found;
  }

  /** The engines that the rules would have preferred to the chosen one. */
  private List<EngineReport.Candidate> passedOver(Engine chosen) {
    List<EngineReport.Candidate> before = new ArrayList<>();
    for (Engine engine : engines) {
      if (engine == chosen) {
        break;
      }
      if (allowed(engine.name())) {
        EngineReport.Candidate candidate = probe(engine).candidate();
        before.add(
            candidate.usable()
                ? EngineReport.Candidate.builder()
                    .name(candidate.name())
                    .version(candidate.version())
                    .trains(candidate.trains())
                    .detail("it has no such device, only " + probe(engine).devices())
                    .build()
                : candidate);
      }
    }
    broken.stream()
        .filter(c -> allowed(c.name()) && rank(c.name()) < rank(chosen.name()))
        .forEach(before::add);
    return before;
  }

  private Optional<Usable> first(boolean training) {
    for (Engine engine : engines) {
      if (!allowed(engine.name()) || !engine.ownNetworks()) {
        continue;
      }
      Engine.Probe probe = probe(engine);
      Optional<String> device = device(probe);
      if (probe.candidate().usable()
          && device.isPresent()
          && (probe.candidate().trains() || !training)) {
        return Optional.of(new Usable(engine, device.get()));
      }
    }
    return Optional.empty();
  }

  synchronized Choice training() {
    return trainer().map(Usable::choice).orElseThrow(() -> missing("train"));
  }

  /** A certain engine, for what only it can do; the policy's demands hold. */
  synchronized Choice named(String name) {
    Optional<Engine> engine = engines.stream().filter(e -> e.name().equals(name)).findFirst();
    if (engine.isEmpty() || !allowed(name) || !probe(engine.get()).candidate().usable()) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "only "
              + name
              + " can do this, and it cannot be used"
              + (allowed(name) ? "" : ", since " + policy.engine().orElse("") + " is demanded")
              + ": "
              + candidates()
              + "\nMaybe "
              + EngineCatalog.remedy(name));
    }
    Engine.Probe probe = probe(engine.get());
    return device(probe)
        .map(device -> new Choice(engine, name, device))
        .orElseThrow(() -> missing("predict on " + name));
  }

  /** Rule P0: no engine computes trees, whatever the policy demands. */
  synchronized Choice prediction(NetworkPlan plan) {
    return plan.hasTrees() ? new Choice(Optional.empty(), JAVA, CPU) : prediction(plan.work());
  }

  /** Rules P1 to P4. */
  synchronized Choice prediction(long work) {
    Choice java = new Choice(Optional.empty(), JAVA, CPU);
    if (demandsJava()) {
      if (policy.device() == DeviceDemand.GPU_REQUIRED) {
        throw missing("predict");
      }
      return java;
    }
    if (policy.engine().isPresent() || policy.device() == DeviceDemand.GPU_REQUIRED) {
      return trainer()
          .or(() -> first(false))
          .map(Usable::choice)
          .orElseThrow(() -> missing("predict"));
    }
    if (work <= JAVA_LIMIT) {
      return java;
    }
    return trainer().map(Usable::choice).orElse(java);
  }

  private MillwrightException missing(String what) {
    Finding finding = missingFinding(what);
    return new MillwrightException(
        finding.code(), finding.message() + "\nMaybe " + finding.remedy());
  }

  /** Engine, device, versions and settings of what trains, for provenance. */
  synchronized SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("java", Versions.java());
    facts.put("millwright", Versions.own());
    Optional<Usable> trainer = demandsJava() ? Optional.empty() : trainer();
    facts.put("engine", trainer.map(t -> t.engine.name()).orElse("none"));
    trainer.ifPresent(
        t -> {
          Engine.Probe probe = probe(t.engine);
          facts.put("device", t.device);
          facts.put("engine version", probe.candidate().version());
          probe.settings().forEach(s -> facts.put(s.name(), s.value()));
        });
    return facts;
  }

  private Finding missingFinding(String what) {
    if (demandsJava()) {
      return policy.device() == DeviceDemand.GPU_REQUIRED
          ? new Finding(
              ErrorCode.NO_GPU,
              "engines",
              "a GPU is required, but the demanded engine " + JAVA + " runs on the CPU only",
              "leave the choice of engine to the rules, or take requireGpu() away")
          : new Finding(
              ErrorCode.NO_ENGINE,
              "engines",
              "the demanded engine " + JAVA + " predicts but does not train",
              "train without withEngine(\"" + JAVA + "\"); the saved model can be opened with it");
    }
    boolean anyUsable =
        engines.stream()
            .filter(e -> allowed(e.name()) && e.ownNetworks())
            .map(this::probe)
            .anyMatch(p -> p.candidate().usable());
    if (policy.device() == DeviceDemand.GPU_REQUIRED && anyUsable) {
      return new Finding(
          ErrorCode.NO_GPU,
          "engines",
          "a GPU"
              + (policy.gpu().isPresent() ? " with number " + policy.gpu().getAsInt() : "")
              + " is required to "
              + what
              + ", but none is found: "
              + candidates(),
          "install a CUDA build of libtorch and set PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR, or add"
              + " ai.djl.tensorflow:tensorflow-native-cu121; check the driver with nvidia-smi, or"
              + " take requireGpu() away");
    }
    String engine = policy.engine().orElse("");
    if (!engine.isEmpty()) {
      return new Finding(
          ErrorCode.NO_ENGINE,
          "engines",
          "the demanded engine " + engine + " cannot " + what + " here: " + candidates(),
          "use one of the names above; to have " + engine + ", " + EngineCatalog.remedy(engine));
    }
    return new Finding(
        ErrorCode.NO_ENGINE,
        "engines",
        "no engine that can " + what + " is here: " + candidates(),
        EngineCatalog.remedy("PyTorch"));
  }

  private List<String> candidates() {
    return candidateList().stream()
        .map(c -> c.name() + (c.usable() ? " (usable: " : " (not usable: ") + c.detail() + ")")
        .toList();
  }

  private List<EngineReport.Candidate> candidateList() {
    List<EngineReport.Candidate> all = new ArrayList<>();
    for (Engine engine : engines) {
      all.add(
          allowed(engine.name())
              ? probe(engine).candidate()
              : EngineReport.Candidate.builder()
                  .name(engine.name())
                  .trains(true)
                  .detail("not started: the policy demands " + policy.engine().orElse(""))
                  .build());
    }
    all.addAll(broken);
    all.add(
        EngineReport.Candidate.builder()
            .name(JAVA)
            .version(Versions.own())
            .usable(true)
            .detail("cpu; no native library; predicts only")
            .build());
    return all;
  }

  synchronized EngineReport report() {
    List<EngineReport.Candidate> candidates = candidateList();
    List<EngineReport.Setting> settings = new ArrayList<>();
    engines.forEach(
        e -> {
          if (probes.containsKey(e)) {
            settings.addAll(probe(e).settings());
          }
        });
    Optional<Usable> trainer = demandsJava() ? Optional.empty() : trainer();
    Optional<Choice> small = predictionOrNone(0);
    Optional<Choice> large = predictionOrNone(Long.MAX_VALUE);
    List<String> reasons = new ArrayList<>();
    policy
        .engine()
        .ifPresent(
            e -> reasons.add("E1: the policy demands " + e + "; no other engine is started"));
    reasons.add(
        trainer
            .map(
                t ->
                    "T1: "
                        + t.engine.name()
                        + " trains, the first usable engine in the order "
                        + ORDER)
            .orElseGet(
                () -> {
                  Finding why = missingFinding("train");
                  return "T2: nothing trains: " + why.message();
                }));
    trainer.ifPresent(
        t ->
            passedOver(t.engine)
                .forEach(
                    c ->
                        reasons.add(
                            "T3: "
                                + c.name()
                                + " was passed over: "
                                + c.detail().replace("\nMaybe ", "; maybe "))));
    reasons.add(
        switch (policy.device()) {
          case CPU -> "D1: the policy demands the CPU";
          case GPU_REQUIRED -> "D2: the policy requires a GPU";
          case BEST ->
              trainer.filter(t -> !t.device.equals(CPU)).isPresent()
                  ? "D3: a GPU is present"
                  : "D4: no GPU is present";
        });
    reasons.add(predictionReason(small, large));
    return EngineReport.builder()
        .ruleTable(RULES)
        .training(trainer.map(t -> t.engine.name()).orElse("none"))
        .prediction(small.map(Choice::name).orElse("none"))
        .device(trainer.map(Usable::device).or(() -> small.map(Choice::device)).orElse(CPU))
        .candidates(candidates)
        .settings(settings.stream().distinct().toList())
        .reasons(reasons)
        .build();
  }

  private Optional<Choice> predictionOrNone(long work) {
    try {
      return Optional.of(prediction(work));
    } catch (MillwrightException e) {
      return Optional.empty(); // What is missing stands in the reasons and findings.
    }
  }

  private String predictionReason(Optional<Choice> small, Optional<Choice> large) {
    if (small.isEmpty() || large.isEmpty()) {
      return "P4: nothing may predict: " + missingFinding("predict").message();
    }
    String first = small.get().name();
    if (policy.engine().isPresent() || policy.device() == DeviceDemand.GPU_REQUIRED) {
      return "P1: " + first + " predicts, as the policy demands";
    }
    return large.get().name().equals(JAVA)
        ? "P3: " + JAVA + " predicts, since no engine is usable"
        : "P2: "
            + JAVA
            + " predicts with networks of up to "
            + JAVA_LIMIT
            + " weights times steps, "
            + large.get().name()
            + " on "
            + large.get().device()
            + " with larger ones";
  }

  /** What the policy demands and is not there; and what is there but cannot be used. */
  synchronized List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (policy.engine().isPresent() || policy.device() == DeviceDemand.GPU_REQUIRED) {
      if (predictionOrNone(0).isEmpty()) {
        findings.add(missingFinding("predict"));
      }
    } else if (trainer().isEmpty()) {
      findings.add(missingFinding("train"));
    }
    return findings;
  }
}
