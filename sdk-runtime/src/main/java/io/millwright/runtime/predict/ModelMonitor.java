package io.millwright.runtime.predict;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.data.Row;
import io.millwright.api.head.FittedHead;
import io.millwright.api.learn.Binding;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparationPlan;
import io.millwright.runtime.prepare.PreparedStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A model with a memory for each unit. Thread-safe: units lock each for itself, and only while a
 * reading is taken in; networks run outside the locks. Memory grows with the number of units, not
 * with readings; {@link #forget} frees a unit's.
 *
 * @param <V> one answer
 */
public final class ModelMonitor<V> implements Monitor<Row, V> {

  private final ModelInfo info;
  private final PreparationPlan plan;
  private final Ensemble ensemble;
  private final Answers<V> answers;
  private final Gate gate;
  private final int stateSize;
  private volatile ConcurrentHashMap<String, Memory> units = new ConcurrentHashMap<>();

  /** What is known of one unit; guarded by itself. */
  private static final class Memory {
    final PreparedStream stream;
    final RecentFlags flags;
    Instant last = Instant.MIN;

    /** Set when the unit was forgotten while another thread had just found it. */
    boolean gone;

    Memory(PreparationPlan plan) {
      stream = plan.stream();
      flags = new RecentFlags(plan.window());
    }
  }

  private ModelMonitor(FittedHead<?, V> head, Model model, ModelInfo info, Ensemble ensemble) {
    this.info = info;
    plan = model.preparation().plan();
    this.ensemble = ensemble;
    answers = new Answers<>(head, info);
    gate = new Gate("the monitor of " + info.task());
    stateSize = plan.stream().save().length;
  }

  /**
   * A monitor of a model.
   *
   * @param binding the task and its types
   * @param model the model
   * @param info its description
   * @param members one pass for each of the model's members, closed with the monitor
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when the model lacks {@link
   *     Capability#STREAM}, with {@link ErrorCode#WRONG_BUNDLE} when it answers another task
   */
  public static <V> ModelMonitor<V> of(
      Binding<?, ?, V> binding, Model model, ModelInfo info, List<? extends ForwardPass> members) {
    Bindings.check(binding.task(), model);
    if (!model.capabilities().contains(Capability.STREAM)) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "the model of "
              + model.task()
              + " takes independent records, which a monitor has nothing to remember of\nMaybe ask"
              + " a predictor for each record");
    }
    FittedHead<?, V> head = model.head().fitted(binding.head());
    return new ModelMonitor<>(head, model, info, Ensemble.of(model, head, members));
  }

  @Override
  public Outcome<V> update(String unit, Row reading, Instant at) {
    int ticket = gate.enter();
    try {
      checkName(unit);
      Notes notes = new Notes();
      while (true) {
        Memory memory = units.computeIfAbsent(unit, name -> new Memory(plan));
        float[] x;
        Set<Flag> flags;
        synchronized (memory) {
          if (memory.gone) {
            continue;
          }
          x = take(memory, unit, reading, at, notes);
          flags = memory.flags.now();
        }
        return x == null
            ? answers.abstain(notes)
            : answers.answer(ensemble.run(x, 1), x, x.length, 0, flags);
      }
    } finally {
      gate.leave(ticket);
    }
  }

  private static void checkName(String unit) {
    if (unit.isBlank() || unit.getBytes(StandardCharsets.UTF_8).length > Snapshot.LONGEST_NAME) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "a unit's name must have 1 to "
              + Snapshot.LONGEST_NAME
              + " bytes, but this one has "
              + unit.length()
              + " characters\nMaybe use the unit's serial number");
    }
  }

  /** Takes a reading in; gives the network's input, or null when the notes say why not. */
  private float @Nullable [] take(
      Memory memory, String unit, Row reading, Instant at, Notes notes) {
    boolean taken = false;
    try {
      if (at.isBefore(memory.last)) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the reading of unit "
                + unit
                + " is of "
                + at
                + ", but its last one was of "
                + memory.last
                + "; it was not taken in\nMaybe sort the readings by time, or forget the unit to"
                + " start anew");
      }
      memory.stream.push(reading.toTable(), 0, notes);
      taken = true;
    } finally {
      if (!taken && memory.stream.count() == 0) {
        // A unit begins with its first reading that is taken in.
        memory.gone = true;
        units.remove(unit, memory);
      }
    }
    memory.last = at;
    memory.flags.add(notes);
    return notes.hopeless() ? null : memory.stream.latest();
  }

  @Override
  public void forget(String unit) {
    int ticket = gate.enter();
    try {
      Memory memory = units.get(unit);
      if (memory != null) {
        synchronized (memory) {
          memory.gone = true;
          units.remove(unit, memory);
        }
      }
    } finally {
      gate.leave(ticket);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Every unit is caught between two of its readings; units that are read meanwhile may be
   * caught before or after. The format is that of {@code docs/monitor-snapshot.md}.
   */
  @Override
  public byte[] snapshot() {
    int ticket = gate.enter();
    try {
      Map<String, Snapshot.UnitState> states = new TreeMap<>();
      units.forEach(
          (unit, memory) -> {
            synchronized (memory) {
              if (!memory.gone && memory.stream.count() > 0) {
                states.put(
                    unit,
                    new Snapshot.UnitState(
                        unit, memory.last, memory.stream.save(), memory.flags.save()));
              }
            }
          });
      return Snapshot.write(
          info.digest(), stateSize, RecentFlags.size(), List.copyOf(states.values()));
    } finally {
      gate.leave(ticket);
    }
  }

  @Override
  public void restore(byte[] snapshot) {
    int ticket = gate.enter();
    try {
      ConcurrentHashMap<String, Memory> restored = new ConcurrentHashMap<>();
      for (Snapshot.UnitState state :
          Snapshot.read(snapshot, info.digest(), stateSize, RecentFlags.size())) {
        Memory memory = new Memory(plan);
        try {
          memory.stream.restore(state.state());
        } catch (MillwrightException e) {
          throw Snapshot.bad("the state of unit " + state.unit() + " is impossible");
        }
        memory.flags.restore(memory.stream.count(), state.flags());
        memory.last = state.last();
        restored.put(state.unit(), memory);
      }
      units = restored;
    } finally {
      gate.leave(ticket);
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    if (gate.close()) {
      units = new ConcurrentHashMap<>();
      ensemble.close();
    }
  }
}
