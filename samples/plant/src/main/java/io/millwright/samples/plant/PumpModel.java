package io.millwright.samples.plant;

/** The product model of a pump in its text form, for the command and the samples. */
public final class PumpModel {

  private PumpModel() {}

  /**
   * The text.
   *
   * @return lines as {@code millwright configure} reads them
   */
  public static String text() {
    return """
    product Centrifugal pump
    feature material (材质, housing, 泵体) = iron (铸铁, "cast iron") price 0 weight 60 days 0 | steel (不锈钢, "stainless steel", 不锈钢泵) price 640 weight 52 days 6 | bronze (青铜) price 900 weight 66 days 12
    feature head (扬程, "delivery head") = 10..100 step 5 m price 9
    feature flow (流量, "flow rate") = 5..80 step 5 m3/h price 4
    feature power (功率, motor) = 1..30 step 1 kW price 22 weight 4
    feature seal (密封, "shaft seal") = packing (填料) price 20 | single (单端面, "single mechanical") price 110 | double (双端面, "double mechanical") price 260 days 4
    feature medium (介质, liquid) = water (水, 清水) | brine (盐水, seawater, 海水) | acid (酸) | milk (牛奶, 奶)
    option heater (加热, 加热器, heating) price 180 weight 8 days 3
    option drive (变频, 变频器, "frequency converter") price 420 weight 6 days 2
    option base (底座, "base plate") price 90 weight 25
    option certificate (证书, "food certificate", 食品级) price 150 days 5

    rule corrosion: medium in brine | acid requires material in steel | bronze
    rule acid: medium = acid excludes material = bronze
    rule hygiene: medium = milk requires certificate
    rule food: certificate requires material = steel
    rule "tight seal": medium in acid | milk requires seal != packing
    rule "double seal": medium = acid requires seal = double
    rule hydraulics: 0.25 head + 0.15 flow - 1 power <= 3
    rule motor: drive requires power >= 4
    rule "cast limit": head <= 70 when material = iron
    rule room: at most 2 of heater, drive, base
    rule lift: weight <= 190
    """;
  }
}
