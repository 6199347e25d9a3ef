package io.millwright.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.PassageQuery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One index with the same manual in Chinese and in English, asked in both languages. */
class TwoLanguagesTest {

  /** A section in both languages, and a question in each that uses partly other words. */
  private record Section(
      String zhTitle, String zh, String zhAsked, String enTitle, String en, String enAsked) {}

  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              "更换密封圈",
              "关闭水泵并等待冷却，拆下四个螺栓，成套更换漏油的密封圈。",
              "泵漏油了，密封圈怎么换？",
              "Replacing the seal",
              "Switch the pump off and let it cool. Remove the four bolts and replace leaking seals"
                  + " as a set.",
              "How do I change a seal that leaks?"),
          new Section(
              "轴承润滑",
              "每运行五百小时给轴承加注润滑脂，用量为二十克。",
              "轴承多久要加一次油脂？",
              "Greasing the bearings",
              "Grease the bearings with twenty grams every five hundred hours of operation.",
              "How often do the bearings need grease?"),
          new Section(
              "皮带张紧",
              "皮带松动时会打滑并发出尖叫声，用张紧轮把皮带张紧。",
              "皮带打滑怎么处理？",
              "Tightening the belt",
              "A loose belt slips and squeals. Tighten it with the tension pulley.",
              "What can I do when the belt slips?"),
          new Section(
              "更换滤芯",
              "压差超过零点五巴时更换过滤器的滤芯，旧滤芯不可清洗后再用。",
              "过滤器堵了，什么时候换滤芯？",
              "Changing the filter",
              "Change the filter cartridge when the pressure difference is above half a bar. Used"
                  + " cartridges are not cleaned.",
              "When is the filter cartridge due for a change?"),
          new Section(
              "电机过热",
              "电机温度超过九十度时保护开关断开，检查冷却风扇和负载。",
              "电机太烫，自动停了，是什么原因？",
              "Motor overheating",
              "Above ninety degrees the protective switch opens. Check the cooling fan and the"
                  + " load of the motor.",
              "Why does the motor get too hot and stop?"),
          new Section(
              "紧急停止",
              "按下红色按钮，所有驱动立即停止；旋转按钮后才能重新启动。",
              "按了急停以后怎么重新启动？",
              "Emergency stop",
              "Press the red button: all drives stop at once. Turn the button before you start"
                  + " again.",
              "How can I start again after an emergency stop?"),
          new Section(
              "传感器校准",
              "把压力传感器放空，在菜单里选择零点校准，等待十秒钟。",
              "压力传感器怎么调零？",
              "Calibrating the sensor",
              "Vent the pressure sensor, choose the zero calibration in the menu and wait ten"
                  + " seconds.",
              "How is the pressure sensor set to zero?"),
          new Section(
              "长期存放",
              "存放前排空水，涂防锈油，放在干燥的房间里，每月转动轴一次。",
              "设备几个月不用，应该怎么保管？",
              "Storage",
              "Before storage drain the water, apply rust protection, keep the machine in a dry"
                  + " room and turn the shaft once a month.",
              "How do I keep the machine when it is not used for months?"),
          new Section(
              "接地与电源",
              "电源电压为三相四百伏，外壳必须接地，接线只能由电工完成。",
              "接线用多少伏的电源？",
              "Power supply and earthing",
              "The supply is three phases of four hundred volts. The housing must be earthed, and"
                  + " only electricians may connect it.",
              "Which voltage does the supply have?"),
          new Section(
              "保修条件",
              "自交货之日起保修两年，未按手册保养或者使用非原厂备件则不予保修。",
              "用了别家的备件，还能保修吗？",
              "Warranty",
              "The warranty lasts two years from delivery. It ends when the machine is not"
                  + " serviced as written here or when foreign spare parts are used.",
              "Do I lose the warranty with spare parts of others?"));

  private static List<Passage> manual(boolean chinese, int sections) {
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < sections; i++) {
      Section s = SECTIONS.get(i);
      passages.add(
          chinese
              ? Passage.of("zh" + i, s.zhTitle(), s.zh())
              : Passage.of("en" + i, s.enTitle(), s.en()));
    }
    return passages;
  }

  /** Of the questions: those whose section came first, those led into the other language. */
  private record Found(int right, int astray) {}

  private static Found ask(PassageIndex index, boolean chinese, int questions) {
    int right = 0;
    int astray = 0;
    for (int i = 0; i < questions; i++) {
      Section s = SECTIONS.get(i);
      String asked = chinese ? s.zhAsked() : s.enAsked();
      List<PassageIndex.Hit> hits = index.search(PassageQuery.of(asked, 1));
      String id = hits.isEmpty() ? "" : hits.get(0).passage().id();
      right += id.equals((chinese ? "zh" : "en") + i) ? 1 : 0;
      astray += id.startsWith(chinese ? "en" : "zh") ? 1 : 0;
    }
    return new Found(right, astray);
  }

  private static PassageIndex index(Passages options, int chinese, int english) {
    List<Passage> both = new ArrayList<>(manual(false, english));
    both.addAll(manual(true, chinese));
    return options.build(both);
  }

  private static void check(Passages options, int chinese, int english) {
    try (PassageIndex index = index(options, chinese, english)) {
      Found zh = ask(index, true, chinese);
      Found en = ask(index, false, english);
      assertThat(zh.astray() + en.astray()).as("led into the other language").isZero();
      assertThat(zh.right()).as("asked in Chinese").isGreaterThanOrEqualTo(chinese - 1);
      assertThat(en.right()).as("asked in English").isGreaterThanOrEqualTo(english - 2);
    }
  }

  @Test
  void aQuestionFindsTheManualOfItsLanguage() {
    check(Passages.index().encoders(List.of()), 10, 10);
    check(Passages.index().encoders(List.of()), 3, 10);
    check(Passages.index(), 10, 10);
    check(Passages.index(), 3, 10);
  }

  /** No encoder at hand matches the two languages, so nothing may be held for an answer. */
  @Test
  void aManualInTheOtherLanguageAloneDoesNotAnswer() {
    for (boolean chinese : new boolean[] {true, false}) {
      try (PassageIndex other = index(Passages.index(), chinese ? 0 : 10, chinese ? 10 : 0)) {
        for (Section s : SECTIONS) {
          String asked = chinese ? s.zhAsked() : s.enAsked();
          assertThat(other.search(PassageQuery.of(asked, 3)))
              .as(asked)
              .allMatch(hit -> hit.probability() < 0.5);
        }
      }
    }
  }
}
