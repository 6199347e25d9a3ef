package io.millwright.scheduling.internal.documents;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Unit;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Mix;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Power;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Setting;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.Transport;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Turns shops into their form in JSON and back. */
public final class ShopForms {
  private ShopForms() {}

  /** An empty list is left out. */
  private static <T> Optional<List<T>> some(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static OptionalLong unless(long usual, long value) {
    return value == usual ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static OptionalDouble unless(double usual, double value) {
    return value == usual ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  static Forms.ShopForm form(Shop shop) {
    return new Forms.ShopForm(
        Optional.of(Forms.SHOP),
        Optional.of(shop.name()),
        Optional.of(shop.tick()),
        unless(0, shop.start()),
        shop.permutation() ? Optional.of(true) : Optional.empty(),
        shop.tariff().map(ShopForms::form),
        shop.machines().stream().map(ShopForms::form).toList(),
        some(shop.resources().stream().map(ShopForms::form).toList()),
        shop.jobs().stream().map(ShopForms::form).toList(),
        some(
            shop.pins().stream()
                .map(
                    p ->
                        new Forms.PinForm(
                            p.job(), p.operation(), p.machine(), p.start(), some(p.held())))
                .toList()),
        shop.draft().map(PlanForms::places),
        some(
            shop.transports().stream()
                .map(t -> new Forms.TransportForm(t.from(), t.to(), t.duration()))
                .toList()),
        some(shop.stocks().stream().map(ConditionForms::form).toList()));
  }

  private static Forms.TariffForm form(Tariff t) {
    return new Forms.TariffForm(
        t.currency(),
        t.ticksPerHour(),
        unless(0, t.period()),
        t.steps().stream().map(s -> new Forms.PriceForm(s.from(), s.perKwh())).toList());
  }

  private static Forms.MachineForm form(Machine m) {
    return new Forms.MachineForm(
        m.id(),
        some(windows(m.calendar().closed())),
        shifts(m.calendar()),
        m.family(),
        some(
            m.setups().stream()
                .map(s -> new Forms.SetupForm(s.from(), s.to(), s.duration(), needs(s.needs())))
                .toList()),
        m.power()
            .map(
                p ->
                    new Forms.PowerForm(
                        p.working(),
                        unless(p.working(), p.setup()),
                        unless(0.0, p.idle()),
                        unless(0.0, p.off()),
                        p.offAfter())),
        m.setting().map(s -> new Forms.SettingForm(s.to(), s.since())),
        m.oven().map(o -> new Forms.OvenForm(unless(0, o.least()), o.most())),
        unless(0, m.campaign()),
        some(
            m.mixes().stream().map(k -> new Forms.MixForm(k.option(), k.most(), k.of())).toList()));
  }

  private static Forms.ResourceForm form(Resource r) {
    return new Forms.ResourceForm(
        r.id(),
        unless(1, r.capacity()),
        some(windows(r.calendar().closed())),
        shifts(r.calendar()),
        some(r.skills()));
  }

  private static List<Forms.WindowForm> windows(List<Window> windows) {
    return windows.stream()
        .map(w -> new Forms.WindowForm(w.from(), unless(Calendar.FOREVER, w.to())))
        .toList();
  }

  private static Optional<Forms.ShiftsForm> shifts(Calendar calendar) {
    return calendar
        .pattern()
        .map(
            p ->
                new Forms.ShiftsForm(
                    p.period(),
                    windows(p.open()),
                    OptionalLong.empty(),
                    some(windows(calendar.extra()))));
  }

  private static Forms.JobForm form(ShopJob j) {
    List<Forms.OperationForm> operations = new ArrayList<>();
    List<String> usual = List.of();
    for (Operation o : j.operations()) {
      operations.add(form(o, usual));
      usual = List.of(o.id());
    }
    return new Forms.JobForm(
        j.id(),
        unless(0, j.release()),
        j.due(),
        j.deadline(),
        unless(1.0, j.weight()),
        unless(1, j.quantity()),
        j.rejection(),
        operations);
  }

  private static Forms.OperationForm form(Operation o, List<String> usual) {
    return new Forms.OperationForm(
        o.id(),
        o.alternatives().stream()
            .map(
                a ->
                    new Forms.AlternativeForm(
                        a.machine(), a.duration(), unless(0, a.perPiece()), needs(a.needs())))
            .toList(),
        o.after().equals(usual) ? Optional.empty() : Optional.of(o.after()),
        o.family(),
        needs(o.needs()),
        some(o.lags().stream().map(ShopForms::form).toList()),
        o.unbroken() ? Optional.of(true) : Optional.empty(),
        some(o.flows().stream().map(ConditionForms::form).toList()),
        some(o.options()));
  }

  private static Optional<List<Forms.NeedForm>> needs(List<Need> needs) {
    return some(
        needs.stream()
            .map(
                n ->
                    new Forms.NeedForm(
                        n.resource(), n.amount() == 1 ? Optional.empty() : Optional.of(n.amount())))
            .toList());
  }

  private static Forms.LagForm form(Lag lag) {
    return new Forms.LagForm(
        lag.job().isEmpty() ? Optional.empty() : Optional.of(lag.job()),
        lag.operation(),
        lag.from() == Lag.From.END ? Optional.empty() : Optional.of("start"),
        unless(0, lag.least()),
        lag.most());
  }

  /**
   * The shop of a form.
   *
   * @throws MillwrightException with everything that no part of a shop can be, each at its place
   */
  static Shop shop(Forms.ShopForm form, String name) {
    List<Finding> problems = new ArrayList<>();
    List<Machine> machines =
        each(form.machines(), m -> "machine " + m.id(), ShopForms::machine, problems);
    List<Resource> resources =
        each(
            form.resources().orElse(List.of()),
            r -> "resource " + r.id(),
            ShopForms::resource,
            problems);
    List<ShopJob> jobs = form.jobs().stream().map(j -> job(j, problems)).toList();
    if (!problems.isEmpty()) {
      throw MillwrightException.of("shop \"" + form.name().orElse(name) + "\"", problems);
    }
    return Shop.builder(form.name().orElse(name), machines, jobs)
        .tick(form.tick().orElse(Unit.of("min")))
        .start(form.start().orElse(0))
        .resources(resources)
        .pins(
            form.pins().orElse(List.of()).stream()
                .map(
                    p ->
                        new Pin(
                            p.job(),
                            p.operation(),
                            p.machine(),
                            p.start(),
                            p.held().orElse(List.of())))
                .toList())
        .permutation(form.permutation().orElse(false))
        .tariff(form.tariff().map(ShopForms::tariff))
        .transports(
            form.transports().orElse(List.of()).stream()
                .map(t -> new Transport(t.from(), t.to(), t.duration()))
                .toList())
        .stocks(form.stocks().orElse(List.of()).stream().map(ConditionForms::stock).toList())
        .build();
  }

  /** What all of the forms are; one that cannot be is a problem at its place. */
  private static <F, T> List<T> each(
      List<F> forms, Function<F, String> place, Function<F, T> read, List<Finding> problems) {
    List<T> all = new ArrayList<>();
    for (F form : forms) {
      try {
        all.add(read.apply(form));
      } catch (IllegalArgumentException e) {
        String[] said = String.valueOf(e.getMessage()).split("\nMaybe ", 2);
        problems.add(
            new Finding(
                ErrorCode.BAD_FILE,
                place.apply(form),
                said[0],
                said.length > 1 ? said[1] : "check its numbers"));
      }
    }
    return all;
  }

  private static Tariff tariff(Forms.TariffForm t) {
    return new Tariff(
        t.currency(),
        t.ticksPerHour(),
        t.period().orElse(0),
        t.prices().stream().map(p -> new Tariff.Step(p.from(), p.perKwh())).toList());
  }

  private static Machine machine(Forms.MachineForm m) {
    return Machine.builder(m.id())
        .calendar(calendar(m.closed(), m.shifts()))
        .setups(
            m.setups().orElse(List.of()).stream()
                .map(s -> new Setup(s.from(), s.to(), s.duration(), needsOf(s.needs())))
                .toList())
        .family(m.family())
        .setting(m.setting().map(s -> new Setting(s.to(), s.since())))
        .oven(m.oven().map(o -> new Oven(o.least().orElse(0), o.most())))
        .campaign(m.campaign().orElse(0))
        .mixes(
            m.mixes().orElse(List.of()).stream()
                .map(k -> new Mix(k.option(), k.most(), k.of()))
                .toList())
        .power(
            m.power()
                .map(
                    p ->
                        new Power(
                            p.working(),
                            p.setup().orElse(p.working()),
                            p.idle().orElse(0),
                            p.off().orElse(0),
                            p.offAfter())))
        .build();
  }

  private static Resource resource(Forms.ResourceForm r) {
    return new Resource(
        r.id(),
        // More than two thousand millions never run short: what runs at once is far less.
        (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, r.capacity().orElse(1))),
        calendar(r.closed(), r.shifts()),
        r.skills().orElse(List.of()));
  }

  private static Calendar calendar(
      Optional<List<Forms.WindowForm>> closed, Optional<Forms.ShiftsForm> shifts) {
    Calendar own = Calendar.always();
    if (shifts.isPresent()) {
      Forms.ShiftsForm s = shifts.get();
      List<Window> open = new ArrayList<>();
      for (Forms.WindowForm w : s.open()) {
        long to = w.to().orElse(s.period());
        // From 22:00 to 06:00 is a night shift.
        open.add(new Window(w.from(), to < w.from() ? to + s.period() : to));
      }
      own = Calendar.shifts(s.period(), open);
      for (Window extra : windowsOf(s.extra().orElse(List.of()))) {
        own = own.with(extra);
      }
    }
    for (Window w : windowsOf(closed.orElse(List.of()))) {
      own = own.without(w);
    }
    return own;
  }

  private static List<Window> windowsOf(List<Forms.WindowForm> forms) {
    return forms.stream().map(w -> new Window(w.from(), w.to().orElse(Calendar.FOREVER))).toList();
  }

  private static ShopJob job(Forms.JobForm j, List<Finding> problems) {
    IdentityHashMap<Forms.OperationForm, List<String>> usual = new IdentityHashMap<>();
    List<String> last = List.of();
    for (Forms.OperationForm o : j.operations()) {
      usual.put(o, last);
      last = List.of(o.id());
    }
    List<Operation> operations =
        each(
            j.operations(),
            o -> "job " + j.id() + ", operation " + o.id(),
            o -> operation(o, usual.getOrDefault(o, List.of())),
            problems);
    return ShopJob.builder(j.id(), operations)
        .release(j.release().orElse(0))
        .due(j.due())
        .deadline(j.deadline())
        .weight(j.weight().orElse(1))
        .quantity(j.quantity().orElse(1))
        .rejection(j.rejection())
        .build();
  }

  private static Operation operation(Forms.OperationForm o, List<String> usual) {
    List<Alternative> alternatives =
        o.alternatives().stream()
            .map(
                a ->
                    new Alternative(
                        a.machine(), a.duration(), a.perPiece().orElse(0), needsOf(a.needs())))
            .toList();
    return Operation.builder(o.id(), alternatives)
        .after(o.after().orElse(usual))
        .lags(o.lags().orElse(List.of()).stream().map(ShopForms::lag).toList())
        .family(o.family())
        .needs(needsOf(o.needs()))
        .unbroken(o.unbroken().orElse(false))
        .flows(o.flows().orElse(List.of()).stream().map(ConditionForms::flow).toList())
        .options(o.options().orElse(List.of()))
        .build();
  }

  private static List<Need> needsOf(Optional<List<Forms.NeedForm>> forms) {
    return forms.orElse(List.of()).stream()
        .map(n -> new Need(n.resource(), n.amount().orElse(1)))
        .toList();
  }

  private static Lag lag(Forms.LagForm form) {
    String from = form.from().orElse("end");
    if (!from.equals("end") && !from.equals("start")) {
      throw new IllegalArgumentException(
          "a lag behind operation "
              + form.operation()
              + " counts from \""
              + from
              + "\"\nMaybe write end or start");
    }
    Lag lag =
        new Lag(
            form.job().orElse(""),
            form.operation(),
            from.equals("end") ? Lag.From.END : Lag.From.START,
            form.least().orElse(0));
    return form.most().isPresent() ? lag.within(form.most().getAsLong()) : lag;
  }
}
