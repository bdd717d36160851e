-- The rollup of days, one row a meter, as meters.sql makes them of the events: where no more is asked for than the rollup tells apart.

SELECT
    dt, kind, status, is_attributed, feature, team, project, cost_center, owner, user_segment, environment, priority, request_type,
    prompt_version, tags, provider, host, endpoint, model_requested, model, model_class, service_tier, batch, stream,
    usage_source, cost_source, price_context, call_site, meter,
    CASE WHEN meter = 'other' THEN requests ELSE 0 END                                               AS requests,
    CASE WHEN meter = 'input' THEN input_tokens ELSE 0 END                                           AS input_tokens,
    CASE WHEN meter = 'cache_read' THEN cache_read_tokens ELSE 0 END                                 AS cache_read_tokens,
    CASE WHEN meter = 'cache_write_5m' THEN cache_write_5m_tokens ELSE 0 END                         AS cache_write_5m_tokens,
    CASE WHEN meter = 'cache_write_1h' THEN cache_write_1h_tokens ELSE 0 END                         AS cache_write_1h_tokens,
    CASE WHEN meter = 'output' THEN output_tokens ELSE 0 END                                         AS output_tokens,
    CASE WHEN meter = 'output' THEN reasoning_tokens ELSE 0 END                                      AS reasoning_tokens,
    CASE meter
        WHEN 'input' THEN split_input
        WHEN 'cache_read' THEN split_cache_read
        WHEN 'cache_write_5m' THEN split_cache_write_5m
        WHEN 'cache_write_1h' THEN split_cache_write_1h
        WHEN 'output' THEN split_output
        ELSE cost_nano_usd - split_input - split_cache_read - split_cache_write_5m - split_cache_write_1h - split_output
    END                                                                                              AS cost_nano_usd,
    CASE WHEN meter = 'other' THEN unpriced ELSE 0 END                                               AS unpriced,
    CASE WHEN meter = 'other' THEN errors ELSE 0 END                                                 AS errors
FROM days
CROSS JOIN (
    SELECT 'input' AS meter
    UNION ALL SELECT 'cache_read'
    UNION ALL SELECT 'cache_write_5m'
    UNION ALL SELECT 'cache_write_1h'
    UNION ALL SELECT 'output'
    UNION ALL SELECT 'other'
) AS meters
