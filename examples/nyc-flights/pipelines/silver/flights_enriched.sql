-- Left joins throughout: a flight is never lost because its weather or its aircraft is not known.
SELECT
    flights.*,
    airlines.name           AS airline,
    destinations.airport    AS destination,
    destinations.haul,
    aircraft.manufacturer,
    aircraft.age_years      AS aircraft_age,
    aircraft.seats,
    weather.conditions,
    weather.temperature_f,
    weather.gust_mph,
    weather.rain_inches,
    weather.visibility_miles,
    holidays.holiday
FROM ref('transform.scheduled_flights') AS flights
LEFT JOIN ref('source.airlines') AS airlines USING (carrier)
LEFT JOIN ref('transform.destinations') AS destinations USING (dest)
LEFT JOIN ref('transform.aircraft') AS aircraft USING (tailnum)
LEFT JOIN ref('transform.weather_hourly') AS weather
    ON weather.origin = flights.origin AND weather.hour_utc = flights.scheduled_hour_utc
LEFT JOIN ref('source.us_holidays') AS holidays
    ON flights.flight_date BETWEEN holidays.holiday_date - 1 AND holidays.holiday_date + 1
ORDER BY flights.scheduled_departure, flights.carrier, flights.flight_number, flights.origin
