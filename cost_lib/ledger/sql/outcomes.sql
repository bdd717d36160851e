-- What came of the calls, by what is asked for. An outcome says itself whose it is, by its tags; what it does not say is taken from
-- the calls of its chain where these agree. It counts where the condition holds for it, or where it is silent about all that the
-- condition is on and calls of its chain meet it. Users are counted once.

WITH calls AS (
    SELECT
        chain_id,
        CASE WHEN min(key1) = max(key1) THEN min(key1) END AS key1, CASE WHEN min(key2) = max(key2) THEN min(key2) END AS key2,
        CASE WHEN min(key3) = max(key3) THEN min(key3) END AS key3, CASE WHEN min(key4) = max(key4) THEN min(key4) END AS key4
    FROM (
        SELECT
            chain_id,
            /*by*/ nullif(feature, '') AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3, CAST(NULL AS VARCHAR) AS key4 /*end*/
        FROM /*from*/ events /*end*/
        WHERE
            kind IN ('call', 'result') AND /*times*/ dt >= $since AND dt < $until /*end*/ AND /*where*/ true /*end*/
            AND chain_id IN (SELECT chain_id FROM /*outcomes*/ events /*end*/ WHERE kind = 'outcome' AND chain_id <> '')
    ) AS asked
    GROUP BY chain_id
),

own AS (
    SELECT
        chain_id AS chain, nullif(user_id, '') AS user_id, outcome, coalesce(success, true) AS success, coalesce(value, 0.0) AS value,
        /*side*/ 'before' AS side /*end*/,
        /*holds*/ true AS holds, false AS is_silent /*end*/,
        /*by*/ nullif(feature, '') AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3, CAST(NULL AS VARCHAR) AS key4 /*end*/
    FROM /*outcomes*/ events /*end*/
    WHERE kind = 'outcome' AND /*times*/ dt >= $since AND dt < $until /*end*/
),

joined AS (
    SELECT
        coalesce(own.key1, calls.key1) AS key1, coalesce(own.key2, calls.key2) AS key2, coalesce(own.key3, calls.key3) AS key3,
        coalesce(own.key4, calls.key4) AS key4, side, own.user_id, own.outcome, own.success, own.value
    FROM own
    LEFT JOIN calls ON own.chain = calls.chain_id
    WHERE own.holds OR (own.is_silent AND calls.chain_id IS NOT NULL)
)

SELECT
    key1, key2, key3, key4, side, outcome,
    count(*)                                                                                         AS outcomes,
    sum(CASE WHEN success THEN 1 ELSE 0 END)                                                         AS successes,
    sum(value)                                                                                       AS value,
    count(DISTINCT CASE WHEN success THEN user_id END)                                               AS users
FROM joined
WHERE side IS NOT NULL
GROUP BY key1, key2, key3, key4, side, outcome
