-- A day of events, $events of them on the day $day, counted from the epoch: decided by hashes, skewed as real traffic is.
-- Models: as asked for, as billed, provider, host, endpoint, SDK, class, nano-USD a token: input, cache read, output.

    WITH models(m, model_requested, model, provider, host, endpoint, sdk, model_class, rate_in, rate_read, rate_out) AS (VALUES 
    (0, 'gpt-4o-mini', 'gpt-4o-mini-2024-07-18', 'openai', 'api.openai.com', 'chat', 'OpenAI/Python 2.54.0', 'fast', 150, 75, 600),
    (1, 'gpt-5', 'gpt-5-2025-08-07', 'openai', 'api.openai.com', 'responses', 'OpenAI/Python 2.54.0', 'frontier', 1250, 125, 10000),
    (2, 'gpt-5-mini', 'gpt-5-mini-2025-08-07', 'openai', 'api.openai.com', 'responses', 'OpenAI/Python 2.54.0', 'fast', 250, 25, 2000),
    (3, 'gpt-4o', 'gpt-4o-2024-08-06', 'openai', 'api.openai.com', 'chat', 'AsyncOpenAI/Python 2.54.0', 'workhorse', 2500, 1250, 10000),
    (4, 'claude-sonnet-4-6', 'claude-sonnet-4-6', 'anthropic', 'api.anthropic.com', 'messages', 'Anthropic/Python 0.98.0', 'workhorse', 3000, 300, 15000),
    (5, 'claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'anthropic', 'api.anthropic.com', 'messages', 'Anthropic/Python 0.98.0', 'fast', 1000, 100, 5000),
    (6, 'claude-opus-4-6', 'claude-opus-4-6', 'anthropic', 'api.anthropic.com', 'messages', 'AsyncAnthropic/Python 0.98.0', 'frontier', 5000, 500, 25000),
    (7, 'gemini-2.5-flash', 'gemini-2.5-flash', 'google', 'generativelanguage.googleapis.com', 'generateContent', 'google-genai-sdk/1.50.0', 'fast', 300, 75, 2500),
    (8, 'gemini-2.5-pro', 'gemini-2.5-pro', 'google', 'generativelanguage.googleapis.com', 'generateContent', 'google-genai-sdk/1.50.0', 'frontier', 1250, 310, 10000),
    (9, 'text-embedding-3-small', 'text-embedding-3-small', 'openai', 'api.openai.com', 'embeddings', 'OpenAI/Python 2.54.0', 'fast', 20, 20, 0),
    (10, 'mistral-small-latest', 'mistral-small-2506', 'mistral', 'api.mistral.ai', 'chat', 'mistral-client-python/1.9.3', 'fast', 100, 100, 300),
    (11, 'command-r-plus', 'command-r-plus-08-2024', 'cohere', 'api.cohere.com', 'chat', 'cohere-python/5.15.0', 'workhorse', 2500, 2500, 10000)
),
    drawn AS (
        SELECT n, n - 3 * (n >= 3 AND chance(n - 3, 1) < 0.015)::BIGINT AS b  -- the third after a failed call is its retry
        FROM range($events) AS numbers(n)
    ),
    chosen AS (
        SELECT
            n, b, n <> b AS is_retry, chance(n, 1) < 0.015 AS is_error,
            (40 * pow(chance(b, 2), 2.2))::INTEGER AS f,
            (80000 * pow(chance(b, 3), 3))::INTEGER AS person,
            (47 * chance(b, 4))::INTEGER AS process,
            chance(b, 5) AS by_model, chance(b, 6) AS by_version,
            make_timestamp(($day * 86400e6 + 86400e6 * (bent((n + chance(n, 7)) / $events)))::BIGINT) AS ts
        FROM drawn
    ),
    sized AS (
        SELECT
            *, (CASE WHEN by_model < 0.7 THEN f * 7 WHEN by_model < 0.95 THEN f * 7 + 5 ELSE f * 11 + person END) % 12 AS m,
            (300 * exp(0.3 * (f % 7)) * exp(0.8 * bell(b, 8)))::BIGINT AS drawn_input,
            (120 * exp(0.2 * (f % 5)) * exp(0.9 * bell(b, 10)))::BIGINT AS drawn_output,
            (f % 3 = 0 AND chance(b, 12) < 0.8)::BIGINT * 1024 * (1 + f % 4) AS cached,
            row_number() OVER (PARTITION BY process ORDER BY n) AS turn
        FROM chosen
    ),
    used AS (
        SELECT
            *, f % 3 <> 1 AND rate_out > 0 AS stream,
            CASE WHEN is_error THEN 0 ELSE drawn_input END AS input_tokens,
            CASE WHEN is_error THEN 0 ELSE cached END AS cache_read_tokens,
            CASE WHEN is_error OR rate_out = 0 THEN 0 ELSE drawn_output END AS output_tokens,
            ((180000 + 9000 * drawn_output * (rate_out > 0)::BIGINT * exp(0.25 * bell(n, 14))))::BIGINT AS latency_us
        FROM sized JOIN models USING (m)
    )
    SELECT
        ts, identified(epoch_ms(ts), process, 2 * turn + 1) AS event_id,
        -- the call began before its answer was written; meanwhile other calls of the process took ids
        identified(
            epoch_ms(ts - to_microseconds(latency_us + 200)), process,
            2 * (CASE WHEN is_retry THEN turn - 1 ELSE turn END) - (latency_us / 2e6 * -ln(1 - chance(n, 18)))::BIGINT
        ) AS operation_id,
        1 + is_retry::BIGINT AS attempt, 'call' AS kind,
        CASE provider WHEN 'openai' THEN 'req_' || md5(concat($day, ':', n))
            WHEN 'anthropic' THEN 'req_011C' || substr(to_base64(md5(concat($day, ':', n))::BLOB), 1, 20) END AS provider_request_id,
        CASE WHEN f % 5 < 2 THEN identified(  -- four calls in a row are a chain
            epoch_ms(make_timestamp(($day * 86400e6 + 86400e6 * bent((b - b % 4) / $events))::BIGINT)), (47 * chance(b // 4, 19))::INTEGER,
            1000000000 + b // 4
        ) END AS chain_id,
        CASE WHEN f % 4 = 0 THEN 's-' || substr(md5(concat($day, ':', person)), 1, 16) END AS session_id,
        'feature_' || f AS feature, 'team_' || f % 8 AS team, 'product_' || f % 3 AS project, NULL AS cost_center, 'owner_' || f % 8 AS owner,
        md5(concat('user:', person)) AS user_id, person,
        CASE WHEN person % 50 = 0 THEN 'enterprise' WHEN person % 9 < 2 THEN 'pro' WHEN person % 97 = 1 THEN 'internal' ELSE 'free' END
            AS user_segment,
        CASE WHEN process < 44 THEN 'production' ELSE 'staging' END AS environment,
        CASE WHEN f % 6 = 0 THEN 'batch' ELSE 'interactive' END AS priority, 'type_' || f % 4 AS request_type,
        'v' || (f % 9 + (by_version < 0.3)::INTEGER + (by_version < 0.1)::INTEGER + $day // 30 % 3) AS prompt_version,
        CASE WHEN f % 7 = 0 THEN '{"experiment":"' || (CASE WHEN person % 2 = 0 THEN 'a' ELSE 'b' END) || '"}' END AS tags,
        provider, host, endpoint, 'http' AS transport, model_requested, model, model_class, NULL AS service_tier, false AS batch, stream,
        input_tokens, cache_read_tokens, 0 AS cache_write_5m_tokens, 0 AS cache_write_1h_tokens, output_tokens,
        (output_tokens * (model_class = 'frontier')::BIGINT * 3 // 5) AS reasoning_tokens,
        NULL AS units, CASE WHEN is_error THEN 'none' ELSE 'reported' END AS usage_source, NULL AS usage_reason,
        CASE WHEN NOT is_error THEN input_tokens * rate_in + cache_read_tokens * rate_read + output_tokens * rate_out END AS cost_nano_usd,
        CASE WHEN NOT is_error THEN split(input_tokens * rate_in, cache_read_tokens * rate_read, output_tokens * rate_out) END AS cost_split,
        CASE WHEN is_error THEN 'none' ELSE 'catalog' END AS cost_source, NULL AS cost_reason, NULL AS provider_cost_nano_usd,
        substr(md5(concat('prices', $day // 21)), 1, 12) AS price_version, NULL AS price_context, NULL AS passes,
        latency_us, CASE WHEN stream THEN (latency_us * (0.1 + 0.2 * chance(n, 16)))::BIGINT END AS ttft_us,
        CASE WHEN is_error THEN 'error' WHEN chance(n, 17) < 0.01 THEN 'closed' ELSE 'ok' END AS status,
        CASE WHEN is_error THEN 'RateLimitError' END AS error_class, CASE WHEN is_error THEN 429 END AS error_status,
        CASE WHEN is_error THEN 'rate_limit_exceeded' END AS error_code,
        'src/team_' || f % 8 || '/feature_' || f || '.py:' || (40 + 17 * (by_model * 3)::INTEGER) AS call_site,
        'Feature' || f || '.answer_' || (by_model * 3)::INTEGER AS call_site_name,
        'service-' || f % 8 AS service, '2026.' || $day // 7 % 52 || '.' || f % 8 AS release, sdk,
        md5(concat('policy', $day // 30)) AS policy, NULL AS lost, NULL AS cut, NULL AS outcome, NULL AS success, NULL AS value, NULL AS more
    FROM used
    ORDER BY n
