/// A moment as a calendar and a clock show it.
///
/// `FoundationEssentials` would bring `Calendar`, at the cost of linking it; the Gregorian calendar is these few lines.
struct CivilTime {
  let year: Int
  /// 1...12
  let month: Int
  /// 1...31
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  /// 0 is Sunday.
  let weekday: Int
  /// 0 is the first of January.
  let dayOfYear: Int

  /// - Parameter offset: Seconds east of UTC.
  init(_ timestamp: Timestamp, offset: Int) {
    let seconds = Int(timestamp.seconds) + offset
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let clock = seconds - days * 86_400
    hour = clock / 3600
    minute = clock / 60 % 60
    second = clock % 60
    weekday = ((days + 4) % 7 + 7) % 7

    // Years are counted from March in eras of 400 years, so that the leap day is the last day of a year.
    // http://howardhinnant.github.io/date_algorithms.html#civil_from_days
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfShiftedYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfShiftedYear + 2) / 153
    day = dayOfShiftedYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    dayOfYear = days - Self.daysSinceEpoch(year: year, month: 1, day: 1)
  }

  /// http://howardhinnant.github.io/date_algorithms.html#days_from_civil
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
