-- Which prices the requests with cached tokens had, each with its last moment: to be looked up before cache.sql is asked.

SELECT
    coalesce(provider, '') AS provider, coalesce(model, '') AS model, coalesce(model_requested, '') AS model_requested,
    coalesce(price_context, '') AS price_context, coalesce(price_version, '') AS price_version, max(ts) AS "at"
FROM /*from*/ events /*end*/
WHERE
    kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
    AND coalesce(cache_read_tokens, 0) + coalesce(cache_write_5m_tokens, 0) + coalesce(cache_write_1h_tokens, 0) > 0
GROUP BY provider, model, model_requested, price_context, price_version
ORDER BY provider, model, model_requested, price_context, price_version
