package io.millwright.scheduling.internal.documents;

import io.millwright.api.data.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Shops and plans as they stand in JSON: the records of the facade, with all that has a default
 * left out. The core's JSON refuses fields that are not named here. A new field must be optional,
 * so that older texts can still be read.
 */
public final class Forms {
  private Forms() {}

  static final String SHOP = "millwright-shop 1";
  static final String PLAN = "millwright-plan 1";

  record ShopForm(
      Optional<String> format,
      Optional<String> name,
      Optional<Unit> tick,
      OptionalLong start,
      Optional<Boolean> permutation,
      Optional<TariffForm> tariff,
      List<MachineForm> machines,
      Optional<List<ResourceForm>> resources,
      List<JobForm> jobs,
      Optional<List<PinForm>> pins,
      Optional<List<PlaceForm>> draft,
      Optional<List<TransportForm>> transports,
      Optional<List<StockForm>> stocks) {}

  /** Without {@code most} it holds any amount. */
  record StockForm(
      String id, OptionalLong level, OptionalLong most, Optional<List<SupplyForm>> supplies) {}

  record SupplyForm(long at, long amount) {}

  record TransportForm(String from, String to, long duration) {}

  record TariffForm(
      Unit currency, double ticksPerHour, OptionalLong period, List<PriceForm> prices) {}

  record PriceForm(long from, double perKwh) {}

  record MachineForm(
      String id,
      Optional<List<WindowForm>> closed,
      Optional<ShiftsForm> shifts,
      Optional<String> family,
      Optional<List<SetupForm>> setups,
      Optional<PowerForm> power,
      Optional<SettingForm> setting,
      Optional<OvenForm> oven,
      OptionalLong campaign,
      Optional<List<MixForm>> mixes) {}

  record OvenForm(OptionalLong least, long most) {}

  record MixForm(String option, int most, int of) {}

  record SettingForm(String to, long since) {}

  record ResourceForm(
      String id,
      OptionalLong capacity,
      Optional<List<WindowForm>> closed,
      Optional<ShiftsForm> shifts,
      Optional<List<String>> skills) {}

  /** Without an end it is for ever. */
  record WindowForm(long from, OptionalLong to) {}

  /**
   * The pattern goes on for ever: {@code periods} is still read and says nothing. A shift whose end
   * is before its begin, or behind the period, is a night shift. Extra shifts count from tick 0.
   */
  record ShiftsForm(
      long period, List<WindowForm> open, OptionalLong periods, Optional<List<WindowForm>> extra) {}

  record SetupForm(String from, String to, long duration, Optional<List<NeedForm>> needs) {}

  record PowerForm(
      double working,
      OptionalDouble setup,
      OptionalDouble idle,
      OptionalDouble off,
      OptionalLong offAfter) {}

  record JobForm(
      String id,
      OptionalLong release,
      OptionalLong due,
      OptionalLong deadline,
      OptionalDouble weight,
      OptionalLong quantity,
      OptionalDouble rejection,
      List<OperationForm> operations) {}

  /** Without {@code after} it follows the operation listed before it. */
  record OperationForm(
      String id,
      List<AlternativeForm> alternatives,
      Optional<List<String>> after,
      Optional<String> family,
      Optional<List<NeedForm>> needs,
      Optional<List<LagForm>> lags,
      Optional<Boolean> unbroken,
      Optional<List<FlowForm>> flows,
      Optional<List<String>> options) {}

  /** What is taken is negative. */
  record FlowForm(String stock, OptionalLong amount, OptionalLong perPiece) {}

  /** Without {@code job} of its own job; {@code from} is "end", the default, or "start". */
  record LagForm(
      Optional<String> job,
      String operation,
      Optional<String> from,
      OptionalLong least,
      OptionalLong most) {}

  record AlternativeForm(
      String machine, long duration, OptionalLong perPiece, Optional<List<NeedForm>> needs) {}

  record NeedForm(String resource, Optional<Integer> amount) {}

  record PinForm(
      String job,
      String operation,
      String machine,
      OptionalLong start,
      Optional<List<String>> held) {}

  record PlanForm(
      Optional<String> format,
      Optional<String> shop,
      Optional<List<ValueForm>> objectives,
      List<PlaceForm> assignments) {}

  record ValueForm(
      String name,
      double value,
      Optional<Unit> unit,
      OptionalDouble bound,
      Optional<String> foundBy,
      Optional<String> provedBy) {}

  record PlaceForm(
      String job,
      String operation,
      String machine,
      OptionalLong setup,
      long start,
      OptionalLong end,
      Optional<List<String>> held) {}
}
