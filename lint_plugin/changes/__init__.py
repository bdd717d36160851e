"""What a change does to the calls that bill, to the policy and to the baseline."""
