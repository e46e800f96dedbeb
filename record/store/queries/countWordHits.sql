-- How many words of children begin so, counted to 20,000: which of several words to begin with.
select count(*) as hits from (select from worklist_word where word >= $1 and word < $2 limit 20000) hit
