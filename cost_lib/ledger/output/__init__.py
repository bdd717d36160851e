"""Lay reports out: tables for people, JSON, CSV, Markdown and Parquet for programs."""
