package io.millwright.scheduling.internal.documents;

import io.millwright.api.data.Unit;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Power;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

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
                .map(p -> new Forms.PinForm(p.job(), p.operation(), p.machine(), p.start()))
                .toList()),
        shop.draft().map(PlanForms::places));
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
        some(windows(m.calendar())),
        Optional.empty(),
        m.family(),
        some(
            m.setups().stream()
                .map(s -> new Forms.SetupForm(s.from(), s.to(), s.duration()))
                .toList()),
        m.power()
            .map(
                p ->
                    new Forms.PowerForm(
                        p.working(),
                        unless(p.working(), p.setup()),
                        unless(0.0, p.idle()),
                        unless(0.0, p.off()),
                        p.offAfter())));
  }

  private static Forms.ResourceForm form(Resource r) {
    return new Forms.ResourceForm(
        r.id(),
        r.capacity() == 1 ? Optional.empty() : Optional.of(r.capacity()),
        some(windows(r.calendar())),
        Optional.empty());
  }

  private static List<Forms.WindowForm> windows(Calendar calendar) {
    return calendar.closed().stream()
        .map(w -> new Forms.WindowForm(w.from(), unless(Calendar.FOREVER, w.to())))
        .toList();
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
        unless(1.0, j.weight()),
        unless(1, j.quantity()),
        operations);
  }

  private static Forms.OperationForm form(Operation o, List<String> usual) {
    return new Forms.OperationForm(
        o.id(),
        o.alternatives().stream()
            .map(a -> new Forms.AlternativeForm(a.machine(), a.duration(), unless(0, a.perPiece())))
            .toList(),
        o.after().equals(usual) ? Optional.empty() : Optional.of(o.after()),
        o.family(),
        some(
            o.needs().stream()
                .map(
                    n ->
                        new Forms.NeedForm(
                            n.resource(),
                            n.amount() == 1 ? Optional.empty() : Optional.of(n.amount())))
                .toList()));
  }

  static Shop shop(Forms.ShopForm form, String name) {
    return new Shop(
        form.name().orElse(name),
        form.tick().orElse(Unit.of("min")),
        form.start().orElse(0),
        form.machines().stream().map(ShopForms::machine).toList(),
        form.resources().orElse(List.of()).stream().map(ShopForms::resource).toList(),
        form.jobs().stream().map(ShopForms::job).toList(),
        form.pins().orElse(List.of()).stream()
            .map(p -> new Pin(p.job(), p.operation(), p.machine(), p.start()))
            .toList(),
        form.permutation().orElse(false),
        Optional.empty(),
        form.tariff().map(ShopForms::tariff));
  }

  private static Tariff tariff(Forms.TariffForm t) {
    return new Tariff(
        t.currency(),
        t.ticksPerHour(),
        t.period().orElse(0),
        t.prices().stream().map(p -> new Tariff.Step(p.from(), p.perKwh())).toList());
  }

  private static Machine machine(Forms.MachineForm m) {
    return new Machine(
        m.id(),
        calendar(m.closed(), m.shifts()),
        m.setups().orElse(List.of()).stream()
            .map(s -> new Setup(s.from(), s.to(), s.duration()))
            .toList(),
        m.family(),
        m.power()
            .map(
                p ->
                    new Power(
                        p.working(),
                        p.setup().orElse(p.working()),
                        p.idle().orElse(0),
                        p.off().orElse(0),
                        p.offAfter())));
  }

  private static Resource resource(Forms.ResourceForm r) {
    return new Resource(r.id(), r.capacity().orElse(1), calendar(r.closed(), r.shifts()));
  }

  private static Calendar calendar(
      Optional<List<Forms.WindowForm>> closed, Optional<Forms.ShiftsForm> shifts) {
    Calendar own =
        shifts
            .map(s -> Calendar.shifts(s.period(), windows(s.open()), s.periods()))
            .orElse(Calendar.always());
    return own.and(new Calendar(windows(closed.orElse(List.of()))));
  }

  private static List<Window> windows(List<Forms.WindowForm> forms) {
    return forms.stream().map(w -> new Window(w.from(), w.to().orElse(Calendar.FOREVER))).toList();
  }

  private static ShopJob job(Forms.JobForm j) {
    List<Operation> operations = new ArrayList<>();
    List<String> usual = List.of();
    for (Forms.OperationForm o : j.operations()) {
      operations.add(
          new Operation(
              o.id(),
              o.alternatives().stream()
                  .map(a -> new Alternative(a.machine(), a.duration(), a.perPiece().orElse(0)))
                  .toList(),
              o.after().orElse(usual),
              o.family(),
              o.needs().orElse(List.of()).stream()
                  .map(n -> new Need(n.resource(), n.amount().orElse(1)))
                  .toList()));
      usual = List.of(o.id());
    }
    return new ShopJob(
        j.id(),
        j.release().orElse(0),
        j.due(),
        j.weight().orElse(1),
        j.quantity().orElse(1),
        operations);
  }
}
